-- CreateTable
CREATE TABLE "person_alias" (
    "slug" TEXT COLLATE "C" NOT NULL,
    "person_slug" TEXT COLLATE "C" NOT NULL,

    CONSTRAINT "person_alias_pkey" PRIMARY KEY ("slug")
);

-- CreateIndex
CREATE INDEX "person_alias_person_slug_idx" ON "person_alias"("person_slug");

-- AddForeignKey
ALTER TABLE "person_alias" ADD CONSTRAINT "person_alias_person_slug_fkey" FOREIGN KEY ("person_slug") REFERENCES "person"("slug") ON DELETE RESTRICT ON UPDATE CASCADE;

ALTER TABLE "person_alias" ADD CONSTRAINT "person_alias_slug_form" CHECK ("slug" ~ '^[a-z0-9-]+$');
