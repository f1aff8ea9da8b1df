-- AlterTable
ALTER TABLE "meeting" ADD COLUMN     "time" TEXT COLLATE "C";

-- AlterTable
ALTER TABLE "statement" ADD COLUMN     "time" TEXT COLLATE "C";

-- CreateTable
CREATE TABLE "day_order" (
    "id" TEXT COLLATE "C" NOT NULL,
    "meeting_slug" TEXT COLLATE "C",
    "statement_slug" TEXT COLLATE "C",
    "after_meeting_slug" TEXT COLLATE "C",
    "after_statement_slug" TEXT COLLATE "C",

    CONSTRAINT "day_order_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "day_order_meeting_slug_idx" ON "day_order"("meeting_slug");

-- CreateIndex
CREATE INDEX "day_order_statement_slug_idx" ON "day_order"("statement_slug");

-- CreateIndex
CREATE INDEX "day_order_after_meeting_slug_idx" ON "day_order"("after_meeting_slug");

-- CreateIndex
CREATE INDEX "day_order_after_statement_slug_idx" ON "day_order"("after_statement_slug");

-- AddForeignKey
ALTER TABLE "day_order" ADD CONSTRAINT "day_order_meeting_slug_fkey" FOREIGN KEY ("meeting_slug") REFERENCES "meeting"("slug") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "day_order" ADD CONSTRAINT "day_order_statement_slug_fkey" FOREIGN KEY ("statement_slug") REFERENCES "statement"("slug") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "day_order" ADD CONSTRAINT "day_order_after_meeting_slug_fkey" FOREIGN KEY ("after_meeting_slug") REFERENCES "meeting"("slug") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "day_order" ADD CONSTRAINT "day_order_after_statement_slug_fkey" FOREIGN KEY ("after_statement_slug") REFERENCES "statement"("slug") ON DELETE RESTRICT ON UPDATE CASCADE;

ALTER TABLE "day_order" ADD CONSTRAINT "day_order_one_later" CHECK (num_nonnulls("meeting_slug", "statement_slug") = 1);
ALTER TABLE "day_order" ADD CONSTRAINT "day_order_one_earlier" CHECK (num_nonnulls("after_meeting_slug", "after_statement_slug") = 1);
ALTER TABLE "day_order" ADD CONSTRAINT "day_order_not_itself" CHECK (
  "meeting_slug" IS DISTINCT FROM "after_meeting_slug" OR "statement_slug" IS DISTINCT FROM "after_statement_slug"
);
