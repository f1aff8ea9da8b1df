-- Corrections: editions of sources, citations that contradict, withdrawn facts, days of birth and death.

-- CreateEnum
CREATE TYPE "stance" AS ENUM ('SUPPORTS', 'CONTRADICTS');

-- CreateEnum
CREATE TYPE "withdrawn_by" AS ENUM ('EDITOR', 'EDITION');

-- AlterTable
ALTER TABLE "citation" ADD COLUMN     "edition" TEXT COLLATE "C",
ADD COLUMN     "stance" "stance" NOT NULL DEFAULT 'SUPPORTS';

-- AlterTable
ALTER TABLE "person" ADD COLUMN     "born" TEXT COLLATE "C",
ADD COLUMN     "born_from" DATE,
ADD COLUMN     "died" TEXT COLLATE "C",
ADD COLUMN     "died_by" DATE;

-- CreateTable
CREATE TABLE "edition" (
    "source_slug" TEXT COLLATE "C" NOT NULL,
    "sha256" TEXT COLLATE "C" NOT NULL,
    "length" INTEGER NOT NULL,
    "text" TEXT COLLATE "C",
    "edtf" TEXT COLLATE "C" NOT NULL,
    "imported_at" TIMESTAMPTZ(3),

    CONSTRAINT "edition_pkey" PRIMARY KEY ("source_slug","sha256")
);

-- CreateTable
CREATE TABLE "withdrawal" (
    "id" TEXT COLLATE "C" NOT NULL,
    "record" TEXT COLLATE "C" NOT NULL,
    "reason" TEXT COLLATE "C" NOT NULL,
    "note" TEXT COLLATE "C",
    "by" "withdrawn_by" NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "withdrawal_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "withdrawn_row" (
    "table_name" TEXT COLLATE "C" NOT NULL,
    "key" TEXT COLLATE "C" NOT NULL,
    "withdrawal_id" TEXT COLLATE "C" NOT NULL,
    "content" JSONB NOT NULL,

    CONSTRAINT "withdrawn_row_pkey" PRIMARY KEY ("table_name","key")
);

-- CreateTable
CREATE TABLE "cut_reference" (
    "table_name" TEXT COLLATE "C" NOT NULL,
    "key" TEXT COLLATE "C" NOT NULL,
    "column_name" TEXT COLLATE "C" NOT NULL,
    "target" TEXT COLLATE "C" NOT NULL,

    CONSTRAINT "cut_reference_pkey" PRIMARY KEY ("table_name","key","column_name")
);

-- CreateIndex
CREATE INDEX "withdrawal_record_idx" ON "withdrawal"("record");

-- CreateIndex
CREATE INDEX "withdrawn_row_withdrawal_id_idx" ON "withdrawn_row"("withdrawal_id");

-- AddForeignKey
ALTER TABLE "edition" ADD CONSTRAINT "edition_source_slug_fkey" FOREIGN KEY ("source_slug") REFERENCES "source"("slug") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "withdrawn_row" ADD CONSTRAINT "withdrawn_row_withdrawal_id_fkey" FOREIGN KEY ("withdrawal_id") REFERENCES "withdrawal"("id") ON DELETE CASCADE ON UPDATE CASCADE;

ALTER TABLE "edition" ADD CONSTRAINT "edition_sha256_form" CHECK ("sha256" ~ '^[0-9a-f]{64}$');
ALTER TABLE "edition" ADD CONSTRAINT "edition_length" CHECK ("length" > 0 AND ("text" IS NULL OR char_length("text") = "length"));
ALTER TABLE "withdrawal" ADD CONSTRAINT "withdrawal_reason_given" CHECK ("reason" <> '');
ALTER TABLE "person" ADD CONSTRAINT "person_lived" CHECK ("born_from" <= "died_by");

-- The present text of each source is its first edition. When it was imported is not recorded.
INSERT INTO "edition" ("source_slug", "sha256", "length", "edtf") SELECT "slug", "sha256", "length", "edtf" FROM "source";
