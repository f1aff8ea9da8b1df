-- Merges of people that can be undone.

-- CreateTable
CREATE TABLE "person_merge" (
    "slug" TEXT COLLATE "C" NOT NULL,
    "into_slug" TEXT COLLATE "C" NOT NULL,
    "person" JSONB NOT NULL,
    "main" JSONB NOT NULL,
    "gained" TEXT[] COLLATE "C",
    "at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "person_merge_pkey" PRIMARY KEY ("slug")
);

-- CreateTable
CREATE TABLE "merged_row" (
    "slug" TEXT COLLATE "C" NOT NULL,
    "table_name" TEXT COLLATE "C" NOT NULL,
    "key" TEXT COLLATE "C" NOT NULL,
    "record" TEXT COLLATE "C" NOT NULL,
    "target" TEXT COLLATE "C" NOT NULL,
    "content" JSONB NOT NULL,

    CONSTRAINT "merged_row_pkey" PRIMARY KEY ("slug","table_name","key")
);

-- CreateTable
CREATE TABLE "person_unmerge" (
    "slug" TEXT COLLATE "C" NOT NULL,
    "from_slug" TEXT COLLATE "C" NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "person_unmerge_pkey" PRIMARY KEY ("slug")
);

-- CreateIndex
CREATE INDEX "merged_row_table_name_target_idx" ON "merged_row"("table_name", "target");

-- CreateIndex
CREATE INDEX "merged_row_record_idx" ON "merged_row"("record");
