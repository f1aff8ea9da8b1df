-- AlterTable
ALTER TABLE "agreement" ADD COLUMN     "digest" TEXT;

-- AlterTable
ALTER TABLE "country" ADD COLUMN     "digest" TEXT;

-- AlterTable
ALTER TABLE "meeting" ADD COLUMN     "digest" TEXT;

-- AlterTable
ALTER TABLE "organization" ADD COLUMN     "digest" TEXT;

-- AlterTable
ALTER TABLE "person" ADD COLUMN     "digest" TEXT;

-- AlterTable
ALTER TABLE "position" ADD COLUMN     "digest" TEXT;

-- AlterTable
ALTER TABLE "source" ADD COLUMN     "digest" TEXT;

-- AlterTable
ALTER TABLE "statement" ADD COLUMN     "digest" TEXT;

-- AlterTable
ALTER TABLE "topic" ADD COLUMN     "digest" TEXT;

-- AlterTable
ALTER TABLE "visit" ADD COLUMN     "digest" TEXT;
