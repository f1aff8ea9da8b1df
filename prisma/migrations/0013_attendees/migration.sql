-- Organizations and unnamed representatives take part as well as people, and anybody can represent an organization.

-- AlterEnum
ALTER TYPE "participation_role" ADD VALUE 'INTERPRETER';
ALTER TYPE "participation_role" ADD VALUE 'NOTETAKER';
ALTER TYPE "participation_role" ADD VALUE 'MEDIATOR';

-- AlterTable
ALTER TABLE "participation" ADD COLUMN "organization_slug" TEXT COLLATE "C",
ADD COLUMN "representing_organization_slug" TEXT COLLATE "C",
ADD COLUMN "unnamed" TEXT COLLATE "C",
ALTER COLUMN "person_slug" DROP NOT NULL;

-- CreateIndex
CREATE INDEX "participation_organization_slug_idx" ON "participation"("organization_slug");

-- CreateIndex
CREATE INDEX "participation_representing_organization_slug_idx" ON "participation"("representing_organization_slug");

-- AddForeignKey
ALTER TABLE "participation" ADD CONSTRAINT "participation_organization_slug_fkey" FOREIGN KEY ("organization_slug") REFERENCES "organization"("slug") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "participation" ADD CONSTRAINT "participation_representing_organization_slug_fkey" FOREIGN KEY ("representing_organization_slug") REFERENCES "organization"("slug") ON DELETE RESTRICT ON UPDATE CASCADE;

ALTER TABLE "participation" ADD CONSTRAINT "participation_one_attendee" CHECK (num_nonnulls("person_slug", "organization_slug", "unnamed") = 1);
ALTER TABLE "participation" ADD CONSTRAINT "participation_represents_one" CHECK (num_nonnulls("representing_code", "representing_organization_slug") <= 1);
ALTER TABLE "participation" ADD CONSTRAINT "participation_office_of_person" CHECK ("position_slug" IS NULL OR "person_slug" IS NOT NULL);
