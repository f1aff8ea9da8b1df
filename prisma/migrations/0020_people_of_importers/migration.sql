-- AlterTable
ALTER TABLE "person" ADD COLUMN     "imported_only" BOOLEAN NOT NULL DEFAULT false,
ADD COLUMN     "is_gone" BOOLEAN NOT NULL DEFAULT false;
