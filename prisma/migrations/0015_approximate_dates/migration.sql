-- AlterTable
ALTER TABLE "position" ADD COLUMN     "begin_is_doubtful" BOOLEAN NOT NULL DEFAULT false,
ADD COLUMN     "end_is_doubtful" BOOLEAN NOT NULL DEFAULT false;

-- A guess settles nothing. How wide it is, the next import of a record computes.
UPDATE "position" SET
  "begin_is_doubtful" = "begin_of_the_begin" IS NOT NULL AND "edtf" ~ '^[^/]*[?~%]',
  "end_is_doubtful" = "end_of_the_end" IS NOT NULL AND "edtf" ~ '[?~%][^/]*$';
