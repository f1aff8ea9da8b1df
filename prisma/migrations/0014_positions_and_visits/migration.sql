-- CreateEnum
CREATE TYPE "visit_kind" AS ENUM ('STATE', 'OFFICIAL', 'WORKING', 'PRIVATE', 'TRANSIT', 'OTHER');

-- AlterTable
ALTER TABLE "position" ADD COLUMN     "accredited_to_code" TEXT COLLATE "C",
ADD COLUMN     "accredited_to_organization_slug" TEXT COLLATE "C",
ADD COLUMN     "appointed" TEXT;

-- AlterTable
ALTER TABLE "visit" ADD COLUMN     "kind" "visit_kind",
ADD COLUMN     "official" TEXT;

-- CreateTable
CREATE TABLE "visit_company" (
    "visit_slug" TEXT COLLATE "C" NOT NULL,
    "accompanied_slug" TEXT COLLATE "C" NOT NULL,

    CONSTRAINT "visit_company_pkey" PRIMARY KEY ("visit_slug","accompanied_slug")
);

-- CreateIndex
CREATE INDEX "visit_company_accompanied_slug_idx" ON "visit_company"("accompanied_slug");

-- CreateIndex
CREATE INDEX "position_accredited_to_code_idx" ON "position"("accredited_to_code");

-- CreateIndex
CREATE INDEX "position_accredited_to_organization_slug_idx" ON "position"("accredited_to_organization_slug");

-- AddForeignKey
ALTER TABLE "position" ADD CONSTRAINT "position_accredited_to_code_fkey" FOREIGN KEY ("accredited_to_code") REFERENCES "country"("code") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "position" ADD CONSTRAINT "position_accredited_to_organization_slug_fkey" FOREIGN KEY ("accredited_to_organization_slug") REFERENCES "organization"("slug") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "visit_company" ADD CONSTRAINT "visit_company_visit_slug_fkey" FOREIGN KEY ("visit_slug") REFERENCES "visit"("slug") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "visit_company" ADD CONSTRAINT "visit_company_accompanied_slug_fkey" FOREIGN KEY ("accompanied_slug") REFERENCES "visit"("slug") ON DELETE RESTRICT ON UPDATE CASCADE;

ALTER TABLE "position" ADD CONSTRAINT "position_accredited_abroad" CHECK ("accredited_to_code" <> "country_code");
ALTER TABLE "visit_company" ADD CONSTRAINT "visit_company_of_others" CHECK ("visit_slug" <> "accompanied_slug");
