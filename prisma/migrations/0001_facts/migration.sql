-- Text compares by code point everywhere (COLLATE "C"), so that every PostgreSQL sorts alike.

-- CreateEnum
CREATE TYPE "organization_kind" AS ENUM ('MINISTRY', 'ALLIANCE', 'PUBLISHER', 'PLATFORM', 'OTHER');

-- CreateEnum
CREATE TYPE "meeting_kind" AS ENUM ('BILATERAL', 'MULTILATERAL', 'MINISTERIAL', 'SUMMIT', 'CALL', 'OTHER');

-- CreateEnum
CREATE TYPE "certainty" AS ENUM ('CERTAIN', 'POSSIBLE', 'UNKNOWN', 'NO');

-- CreateEnum
CREATE TYPE "participation_role" AS ENUM ('PARTICIPANT', 'CONVENER', 'HOST', 'VISITOR', 'DELEGATE');

-- CreateEnum
CREATE TYPE "quotation" AS ENUM ('DIRECT', 'MIXED', 'REPORTED', 'OWN');

-- CreateEnum
CREATE TYPE "voice_role" AS ENUM ('SPEAKER', 'ADDRESSEE', 'MENTION');

-- CreateEnum
CREATE TYPE "agreement_kind" AS ENUM ('DEAL', 'TREATY', 'MEMORANDUM', 'OTHER');

-- CreateEnum
CREATE TYPE "agreement_status" AS ENUM ('ANNOUNCED', 'IN_NEGOTIATION', 'SIGNED', 'IN_FORCE', 'ENDED');

-- CreateTable
CREATE TABLE "country" (
    "code" TEXT COLLATE "C" NOT NULL,
    "name" TEXT COLLATE "C" NOT NULL,
    "names" TEXT[],

    CONSTRAINT "country_pkey" PRIMARY KEY ("code")
);

-- CreateTable
CREATE TABLE "organization" (
    "slug" TEXT COLLATE "C" NOT NULL,
    "name" TEXT COLLATE "C" NOT NULL,
    "names" TEXT[],
    "kind" "organization_kind" NOT NULL,
    "country_code" TEXT COLLATE "C",

    CONSTRAINT "organization_pkey" PRIMARY KEY ("slug")
);

-- CreateTable
CREATE TABLE "organization_member" (
    "organization_slug" TEXT COLLATE "C" NOT NULL,
    "country_code" TEXT COLLATE "C" NOT NULL,

    CONSTRAINT "organization_member_pkey" PRIMARY KEY ("organization_slug","country_code")
);

-- CreateTable
CREATE TABLE "person" (
    "slug" TEXT COLLATE "C" NOT NULL,
    "name" TEXT COLLATE "C" NOT NULL,
    "names" TEXT[],
    "wikidata_id" TEXT COLLATE "C",

    CONSTRAINT "person_pkey" PRIMARY KEY ("slug")
);

-- CreateTable
CREATE TABLE "topic" (
    "slug" TEXT COLLATE "C" NOT NULL,
    "name" TEXT COLLATE "C" NOT NULL,
    "names" TEXT[],

    CONSTRAINT "topic_pkey" PRIMARY KEY ("slug")
);

-- CreateTable
CREATE TABLE "topic_broader" (
    "topic_slug" TEXT COLLATE "C" NOT NULL,
    "broader_slug" TEXT COLLATE "C" NOT NULL,

    CONSTRAINT "topic_broader_pkey" PRIMARY KEY ("topic_slug","broader_slug")
);

-- CreateTable
CREATE TABLE "position" (
    "slug" TEXT COLLATE "C" NOT NULL,
    "person_slug" TEXT COLLATE "C" NOT NULL,
    "post" TEXT COLLATE "C" NOT NULL,
    "title" TEXT COLLATE "C" NOT NULL,
    "title_folded" TEXT COLLATE "C" NOT NULL,
    "country_code" TEXT COLLATE "C",
    "organization_slug" TEXT COLLATE "C",
    "note" TEXT COLLATE "C",
    "edtf" TEXT COLLATE "C" NOT NULL,
    "begin_of_the_begin" DATE,
    "end_of_the_begin" DATE,
    "begin_of_the_end" DATE,
    "end_of_the_end" DATE,

    CONSTRAINT "position_pkey" PRIMARY KEY ("slug")
);

-- CreateTable
CREATE TABLE "attestation" (
    "id" TEXT COLLATE "C" NOT NULL,
    "position_slug" TEXT COLLATE "C" NOT NULL,
    "note" TEXT COLLATE "C",
    "edtf" TEXT COLLATE "C" NOT NULL,
    "begin_of_the_begin" DATE,
    "end_of_the_begin" DATE,
    "begin_of_the_end" DATE,
    "end_of_the_end" DATE,

    CONSTRAINT "attestation_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "visit" (
    "slug" TEXT COLLATE "C" NOT NULL,
    "title" TEXT COLLATE "C" NOT NULL,
    "from_code" TEXT COLLATE "C",
    "to_code" TEXT COLLATE "C" NOT NULL,
    "places" TEXT[],
    "description" TEXT COLLATE "C",
    "note" TEXT COLLATE "C",
    "edtf" TEXT COLLATE "C" NOT NULL,
    "begin_of_the_begin" DATE,
    "end_of_the_begin" DATE,
    "begin_of_the_end" DATE,
    "end_of_the_end" DATE,

    CONSTRAINT "visit_pkey" PRIMARY KEY ("slug")
);

-- CreateTable
CREATE TABLE "meeting" (
    "slug" TEXT COLLATE "C" NOT NULL,
    "title" TEXT COLLATE "C" NOT NULL,
    "kind" "meeting_kind" NOT NULL,
    "place" TEXT COLLATE "C",
    "host_code" TEXT COLLATE "C",
    "visit_slug" TEXT COLLATE "C",
    "note" TEXT COLLATE "C",
    "edtf" TEXT COLLATE "C" NOT NULL,
    "begin_of_the_begin" DATE,
    "end_of_the_begin" DATE,
    "begin_of_the_end" DATE,
    "end_of_the_end" DATE,

    CONSTRAINT "meeting_pkey" PRIMARY KEY ("slug")
);

-- CreateTable
CREATE TABLE "participation" (
    "id" TEXT COLLATE "C" NOT NULL,
    "person_slug" TEXT COLLATE "C" NOT NULL,
    "meeting_slug" TEXT COLLATE "C",
    "visit_slug" TEXT COLLATE "C",
    "ordinal" INTEGER NOT NULL,
    "role" "participation_role" NOT NULL,
    "representing_code" TEXT COLLATE "C",
    "position_slug" TEXT COLLATE "C",
    "note" TEXT COLLATE "C",

    CONSTRAINT "participation_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "participation_office" (
    "participation_id" TEXT COLLATE "C" NOT NULL,
    "position_slug" TEXT COLLATE "C" NOT NULL,
    "certainty" "certainty" NOT NULL,
    "rank" INTEGER NOT NULL,

    CONSTRAINT "participation_office_pkey" PRIMARY KEY ("participation_id","position_slug")
);

-- CreateTable
CREATE TABLE "meeting_topic" (
    "meeting_slug" TEXT COLLATE "C" NOT NULL,
    "topic_slug" TEXT COLLATE "C" NOT NULL,
    "stated" BOOLEAN NOT NULL,

    CONSTRAINT "meeting_topic_pkey" PRIMARY KEY ("meeting_slug","topic_slug")
);

-- CreateTable
CREATE TABLE "statement" (
    "slug" TEXT COLLATE "C" NOT NULL,
    "quotation" "quotation" NOT NULL,
    "text" TEXT COLLATE "C" NOT NULL,
    "quoted" TEXT[],
    "attribution" TEXT COLLATE "C",
    "channel" TEXT COLLATE "C",
    "meeting_slug" TEXT COLLATE "C",
    "agreement_slug" TEXT COLLATE "C",
    "note" TEXT COLLATE "C",
    "edtf" TEXT COLLATE "C" NOT NULL,
    "begin_of_the_begin" DATE,
    "end_of_the_begin" DATE,
    "begin_of_the_end" DATE,
    "end_of_the_end" DATE,

    CONSTRAINT "statement_pkey" PRIMARY KEY ("slug")
);

-- CreateTable
CREATE TABLE "statement_voice" (
    "id" TEXT COLLATE "C" NOT NULL,
    "statement_slug" TEXT COLLATE "C" NOT NULL,
    "role" "voice_role" NOT NULL,
    "ordinal" INTEGER NOT NULL,
    "person_slug" TEXT COLLATE "C",
    "organization_slug" TEXT COLLATE "C",

    CONSTRAINT "statement_voice_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "statement_topic" (
    "statement_slug" TEXT COLLATE "C" NOT NULL,
    "topic_slug" TEXT COLLATE "C" NOT NULL,
    "stated" BOOLEAN NOT NULL,

    CONSTRAINT "statement_topic_pkey" PRIMARY KEY ("statement_slug","topic_slug")
);

-- CreateTable
CREATE TABLE "statement_country" (
    "statement_slug" TEXT COLLATE "C" NOT NULL,
    "country_code" TEXT COLLATE "C" NOT NULL,
    "stated" BOOLEAN NOT NULL,

    CONSTRAINT "statement_country_pkey" PRIMARY KEY ("statement_slug","country_code")
);

-- CreateTable
CREATE TABLE "agreement" (
    "slug" TEXT COLLATE "C" NOT NULL,
    "title" TEXT COLLATE "C" NOT NULL,
    "kind" "agreement_kind" NOT NULL,
    "description" TEXT COLLATE "C",
    "status" "agreement_status" NOT NULL,
    "note" TEXT COLLATE "C",

    CONSTRAINT "agreement_pkey" PRIMARY KEY ("slug")
);

-- CreateTable
CREATE TABLE "agreement_party" (
    "agreement_slug" TEXT COLLATE "C" NOT NULL,
    "country_code" TEXT COLLATE "C" NOT NULL,

    CONSTRAINT "agreement_party_pkey" PRIMARY KEY ("agreement_slug","country_code")
);

-- CreateTable
CREATE TABLE "agreement_topic" (
    "agreement_slug" TEXT COLLATE "C" NOT NULL,
    "topic_slug" TEXT COLLATE "C" NOT NULL,
    "stated" BOOLEAN NOT NULL,

    CONSTRAINT "agreement_topic_pkey" PRIMARY KEY ("agreement_slug","topic_slug")
);

-- CreateTable
CREATE TABLE "agreement_event" (
    "id" TEXT COLLATE "C" NOT NULL,
    "agreement_slug" TEXT COLLATE "C" NOT NULL,
    "status" "agreement_status" NOT NULL,
    "note" TEXT COLLATE "C",
    "edtf" TEXT COLLATE "C" NOT NULL,
    "begin_of_the_begin" DATE,
    "end_of_the_begin" DATE,
    "begin_of_the_end" DATE,
    "end_of_the_end" DATE,

    CONSTRAINT "agreement_event_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "agreement_event_actor" (
    "id" TEXT COLLATE "C" NOT NULL,
    "event_id" TEXT COLLATE "C" NOT NULL,
    "ordinal" INTEGER NOT NULL,
    "person_slug" TEXT COLLATE "C",
    "organization_slug" TEXT COLLATE "C",

    CONSTRAINT "agreement_event_actor_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "source" (
    "slug" TEXT COLLATE "C" NOT NULL,
    "title" TEXT COLLATE "C" NOT NULL,
    "publisher_slug" TEXT COLLATE "C",
    "url" TEXT COLLATE "C",
    "language" TEXT COLLATE "C",
    "license" TEXT COLLATE "C",
    "note" TEXT COLLATE "C",
    "sha256" TEXT COLLATE "C" NOT NULL,
    "length" INTEGER NOT NULL,
    "text" TEXT COLLATE "C",
    "edtf" TEXT COLLATE "C" NOT NULL,
    "begin_of_the_begin" DATE,
    "end_of_the_begin" DATE,
    "begin_of_the_end" DATE,
    "end_of_the_end" DATE,

    CONSTRAINT "source_pkey" PRIMARY KEY ("slug")
);

-- CreateTable
CREATE TABLE "citation" (
    "id" TEXT COLLATE "C" NOT NULL,
    "source_slug" TEXT COLLATE "C" NOT NULL,
    "start" INTEGER NOT NULL,
    "end" INTEGER NOT NULL,
    "exact" TEXT COLLATE "C" NOT NULL,
    "prefix" TEXT COLLATE "C",
    "suffix" TEXT COLLATE "C",
    "supports" TEXT[],
    "position_slug" TEXT COLLATE "C",
    "attestation_id" TEXT COLLATE "C",
    "visit_slug" TEXT COLLATE "C",
    "participation_id" TEXT COLLATE "C",
    "meeting_slug" TEXT COLLATE "C",
    "statement_slug" TEXT COLLATE "C",
    "agreement_slug" TEXT COLLATE "C",
    "agreement_event_id" TEXT COLLATE "C",

    CONSTRAINT "citation_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "dataset" (
    "id" INTEGER NOT NULL DEFAULT 1,
    "version" BIGINT NOT NULL DEFAULT 0,
    "changed_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "dataset_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "organization_country_code_idx" ON "organization"("country_code");

-- CreateIndex
CREATE INDEX "organization_member_country_code_idx" ON "organization_member"("country_code");

-- CreateIndex
CREATE UNIQUE INDEX "person_wikidata_id_key" ON "person"("wikidata_id");

-- CreateIndex
CREATE INDEX "topic_broader_broader_slug_idx" ON "topic_broader"("broader_slug");

-- CreateIndex
CREATE INDEX "position_person_slug_idx" ON "position"("person_slug");

-- CreateIndex
CREATE INDEX "position_post_begin_of_the_begin_end_of_the_end_idx" ON "position"("post", "begin_of_the_begin", "end_of_the_end");

-- CreateIndex
CREATE INDEX "position_title_folded_idx" ON "position"("title_folded");

-- CreateIndex
CREATE INDEX "position_country_code_idx" ON "position"("country_code");

-- CreateIndex
CREATE INDEX "position_organization_slug_idx" ON "position"("organization_slug");

-- CreateIndex
CREATE INDEX "position_begin_of_the_begin_end_of_the_end_slug_idx" ON "position"("begin_of_the_begin", "end_of_the_end", "slug");

-- CreateIndex
CREATE INDEX "attestation_position_slug_begin_of_the_begin_end_of_the_end_idx" ON "attestation"("position_slug", "begin_of_the_begin", "end_of_the_end");

-- CreateIndex
CREATE INDEX "visit_from_code_to_code_idx" ON "visit"("from_code", "to_code");

-- CreateIndex
CREATE INDEX "visit_to_code_idx" ON "visit"("to_code");

-- CreateIndex
CREATE INDEX "visit_begin_of_the_begin_end_of_the_end_slug_idx" ON "visit"("begin_of_the_begin", "end_of_the_end", "slug");

-- CreateIndex
CREATE INDEX "visit_end_of_the_end_idx" ON "visit"("end_of_the_end");

-- CreateIndex
CREATE INDEX "meeting_host_code_idx" ON "meeting"("host_code");

-- CreateIndex
CREATE INDEX "meeting_visit_slug_idx" ON "meeting"("visit_slug");

-- CreateIndex
CREATE INDEX "meeting_begin_of_the_begin_end_of_the_end_slug_idx" ON "meeting"("begin_of_the_begin", "end_of_the_end", "slug");

-- CreateIndex
CREATE INDEX "meeting_end_of_the_end_idx" ON "meeting"("end_of_the_end");

-- CreateIndex
CREATE INDEX "participation_person_slug_idx" ON "participation"("person_slug");

-- CreateIndex
CREATE INDEX "participation_representing_code_idx" ON "participation"("representing_code");

-- CreateIndex
CREATE INDEX "participation_position_slug_idx" ON "participation"("position_slug");

-- CreateIndex
CREATE UNIQUE INDEX "participation_meeting_slug_person_slug_key" ON "participation"("meeting_slug", "person_slug");

-- CreateIndex
CREATE UNIQUE INDEX "participation_visit_slug_person_slug_key" ON "participation"("visit_slug", "person_slug");

-- CreateIndex
CREATE INDEX "participation_office_participation_id_rank_idx" ON "participation_office"("participation_id", "rank");

-- CreateIndex
CREATE INDEX "participation_office_position_slug_idx" ON "participation_office"("position_slug");

-- CreateIndex
CREATE INDEX "meeting_topic_topic_slug_idx" ON "meeting_topic"("topic_slug");

-- CreateIndex
CREATE INDEX "statement_meeting_slug_idx" ON "statement"("meeting_slug");

-- CreateIndex
CREATE INDEX "statement_agreement_slug_idx" ON "statement"("agreement_slug");

-- CreateIndex
CREATE INDEX "statement_begin_of_the_begin_end_of_the_end_slug_idx" ON "statement"("begin_of_the_begin", "end_of_the_end", "slug");

-- CreateIndex
CREATE INDEX "statement_end_of_the_end_idx" ON "statement"("end_of_the_end");

-- CreateIndex
CREATE INDEX "statement_voice_statement_slug_role_ordinal_idx" ON "statement_voice"("statement_slug", "role", "ordinal");

-- CreateIndex
CREATE INDEX "statement_voice_person_slug_role_idx" ON "statement_voice"("person_slug", "role");

-- CreateIndex
CREATE INDEX "statement_voice_organization_slug_role_idx" ON "statement_voice"("organization_slug", "role");

-- CreateIndex
CREATE INDEX "statement_topic_topic_slug_idx" ON "statement_topic"("topic_slug");

-- CreateIndex
CREATE INDEX "statement_country_country_code_idx" ON "statement_country"("country_code");

-- CreateIndex
CREATE INDEX "agreement_party_country_code_idx" ON "agreement_party"("country_code");

-- CreateIndex
CREATE INDEX "agreement_topic_topic_slug_idx" ON "agreement_topic"("topic_slug");

-- CreateIndex
CREATE INDEX "agreement_event_agreement_slug_idx" ON "agreement_event"("agreement_slug");

-- CreateIndex
CREATE INDEX "agreement_event_begin_of_the_begin_end_of_the_end_id_idx" ON "agreement_event"("begin_of_the_begin", "end_of_the_end", "id");

-- CreateIndex
CREATE INDEX "agreement_event_actor_event_id_ordinal_idx" ON "agreement_event_actor"("event_id", "ordinal");

-- CreateIndex
CREATE INDEX "agreement_event_actor_person_slug_idx" ON "agreement_event_actor"("person_slug");

-- CreateIndex
CREATE INDEX "agreement_event_actor_organization_slug_idx" ON "agreement_event_actor"("organization_slug");

-- CreateIndex
CREATE INDEX "source_publisher_slug_idx" ON "source"("publisher_slug");

-- CreateIndex
CREATE INDEX "source_begin_of_the_begin_end_of_the_end_slug_idx" ON "source"("begin_of_the_begin", "end_of_the_end", "slug");

-- CreateIndex
CREATE INDEX "citation_source_slug_start_end_id_idx" ON "citation"("source_slug", "start", "end", "id");

-- CreateIndex
CREATE INDEX "citation_position_slug_idx" ON "citation"("position_slug");

-- CreateIndex
CREATE INDEX "citation_attestation_id_idx" ON "citation"("attestation_id");

-- CreateIndex
CREATE INDEX "citation_visit_slug_idx" ON "citation"("visit_slug");

-- CreateIndex
CREATE INDEX "citation_participation_id_idx" ON "citation"("participation_id");

-- CreateIndex
CREATE INDEX "citation_meeting_slug_idx" ON "citation"("meeting_slug");

-- CreateIndex
CREATE INDEX "citation_statement_slug_idx" ON "citation"("statement_slug");

-- CreateIndex
CREATE INDEX "citation_agreement_slug_idx" ON "citation"("agreement_slug");

-- CreateIndex
CREATE INDEX "citation_agreement_event_id_idx" ON "citation"("agreement_event_id");

-- AddForeignKey
ALTER TABLE "organization" ADD CONSTRAINT "organization_country_code_fkey" FOREIGN KEY ("country_code") REFERENCES "country"("code") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "organization_member" ADD CONSTRAINT "organization_member_organization_slug_fkey" FOREIGN KEY ("organization_slug") REFERENCES "organization"("slug") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "organization_member" ADD CONSTRAINT "organization_member_country_code_fkey" FOREIGN KEY ("country_code") REFERENCES "country"("code") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "topic_broader" ADD CONSTRAINT "topic_broader_topic_slug_fkey" FOREIGN KEY ("topic_slug") REFERENCES "topic"("slug") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "topic_broader" ADD CONSTRAINT "topic_broader_broader_slug_fkey" FOREIGN KEY ("broader_slug") REFERENCES "topic"("slug") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "position" ADD CONSTRAINT "position_person_slug_fkey" FOREIGN KEY ("person_slug") REFERENCES "person"("slug") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "position" ADD CONSTRAINT "position_country_code_fkey" FOREIGN KEY ("country_code") REFERENCES "country"("code") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "position" ADD CONSTRAINT "position_organization_slug_fkey" FOREIGN KEY ("organization_slug") REFERENCES "organization"("slug") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "attestation" ADD CONSTRAINT "attestation_position_slug_fkey" FOREIGN KEY ("position_slug") REFERENCES "position"("slug") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "visit" ADD CONSTRAINT "visit_from_code_fkey" FOREIGN KEY ("from_code") REFERENCES "country"("code") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "visit" ADD CONSTRAINT "visit_to_code_fkey" FOREIGN KEY ("to_code") REFERENCES "country"("code") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "meeting" ADD CONSTRAINT "meeting_host_code_fkey" FOREIGN KEY ("host_code") REFERENCES "country"("code") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "meeting" ADD CONSTRAINT "meeting_visit_slug_fkey" FOREIGN KEY ("visit_slug") REFERENCES "visit"("slug") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "participation" ADD CONSTRAINT "participation_person_slug_fkey" FOREIGN KEY ("person_slug") REFERENCES "person"("slug") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "participation" ADD CONSTRAINT "participation_meeting_slug_fkey" FOREIGN KEY ("meeting_slug") REFERENCES "meeting"("slug") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "participation" ADD CONSTRAINT "participation_visit_slug_fkey" FOREIGN KEY ("visit_slug") REFERENCES "visit"("slug") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "participation" ADD CONSTRAINT "participation_representing_code_fkey" FOREIGN KEY ("representing_code") REFERENCES "country"("code") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "participation" ADD CONSTRAINT "participation_position_slug_fkey" FOREIGN KEY ("position_slug") REFERENCES "position"("slug") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "participation_office" ADD CONSTRAINT "participation_office_participation_id_fkey" FOREIGN KEY ("participation_id") REFERENCES "participation"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "participation_office" ADD CONSTRAINT "participation_office_position_slug_fkey" FOREIGN KEY ("position_slug") REFERENCES "position"("slug") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "meeting_topic" ADD CONSTRAINT "meeting_topic_meeting_slug_fkey" FOREIGN KEY ("meeting_slug") REFERENCES "meeting"("slug") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "meeting_topic" ADD CONSTRAINT "meeting_topic_topic_slug_fkey" FOREIGN KEY ("topic_slug") REFERENCES "topic"("slug") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "statement" ADD CONSTRAINT "statement_meeting_slug_fkey" FOREIGN KEY ("meeting_slug") REFERENCES "meeting"("slug") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "statement" ADD CONSTRAINT "statement_agreement_slug_fkey" FOREIGN KEY ("agreement_slug") REFERENCES "agreement"("slug") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "statement_voice" ADD CONSTRAINT "statement_voice_statement_slug_fkey" FOREIGN KEY ("statement_slug") REFERENCES "statement"("slug") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "statement_voice" ADD CONSTRAINT "statement_voice_person_slug_fkey" FOREIGN KEY ("person_slug") REFERENCES "person"("slug") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "statement_voice" ADD CONSTRAINT "statement_voice_organization_slug_fkey" FOREIGN KEY ("organization_slug") REFERENCES "organization"("slug") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "statement_topic" ADD CONSTRAINT "statement_topic_statement_slug_fkey" FOREIGN KEY ("statement_slug") REFERENCES "statement"("slug") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "statement_topic" ADD CONSTRAINT "statement_topic_topic_slug_fkey" FOREIGN KEY ("topic_slug") REFERENCES "topic"("slug") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "statement_country" ADD CONSTRAINT "statement_country_statement_slug_fkey" FOREIGN KEY ("statement_slug") REFERENCES "statement"("slug") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "statement_country" ADD CONSTRAINT "statement_country_country_code_fkey" FOREIGN KEY ("country_code") REFERENCES "country"("code") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "agreement_party" ADD CONSTRAINT "agreement_party_agreement_slug_fkey" FOREIGN KEY ("agreement_slug") REFERENCES "agreement"("slug") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "agreement_party" ADD CONSTRAINT "agreement_party_country_code_fkey" FOREIGN KEY ("country_code") REFERENCES "country"("code") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "agreement_topic" ADD CONSTRAINT "agreement_topic_agreement_slug_fkey" FOREIGN KEY ("agreement_slug") REFERENCES "agreement"("slug") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "agreement_topic" ADD CONSTRAINT "agreement_topic_topic_slug_fkey" FOREIGN KEY ("topic_slug") REFERENCES "topic"("slug") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "agreement_event" ADD CONSTRAINT "agreement_event_agreement_slug_fkey" FOREIGN KEY ("agreement_slug") REFERENCES "agreement"("slug") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "agreement_event_actor" ADD CONSTRAINT "agreement_event_actor_event_id_fkey" FOREIGN KEY ("event_id") REFERENCES "agreement_event"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "agreement_event_actor" ADD CONSTRAINT "agreement_event_actor_person_slug_fkey" FOREIGN KEY ("person_slug") REFERENCES "person"("slug") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "agreement_event_actor" ADD CONSTRAINT "agreement_event_actor_organization_slug_fkey" FOREIGN KEY ("organization_slug") REFERENCES "organization"("slug") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "source" ADD CONSTRAINT "source_publisher_slug_fkey" FOREIGN KEY ("publisher_slug") REFERENCES "organization"("slug") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "citation" ADD CONSTRAINT "citation_source_slug_fkey" FOREIGN KEY ("source_slug") REFERENCES "source"("slug") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "citation" ADD CONSTRAINT "citation_position_slug_fkey" FOREIGN KEY ("position_slug") REFERENCES "position"("slug") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "citation" ADD CONSTRAINT "citation_attestation_id_fkey" FOREIGN KEY ("attestation_id") REFERENCES "attestation"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "citation" ADD CONSTRAINT "citation_visit_slug_fkey" FOREIGN KEY ("visit_slug") REFERENCES "visit"("slug") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "citation" ADD CONSTRAINT "citation_participation_id_fkey" FOREIGN KEY ("participation_id") REFERENCES "participation"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "citation" ADD CONSTRAINT "citation_meeting_slug_fkey" FOREIGN KEY ("meeting_slug") REFERENCES "meeting"("slug") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "citation" ADD CONSTRAINT "citation_statement_slug_fkey" FOREIGN KEY ("statement_slug") REFERENCES "statement"("slug") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "citation" ADD CONSTRAINT "citation_agreement_slug_fkey" FOREIGN KEY ("agreement_slug") REFERENCES "agreement"("slug") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "citation" ADD CONSTRAINT "citation_agreement_event_id_fkey" FOREIGN KEY ("agreement_event_id") REFERENCES "agreement_event"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- Rules that Prisma cannot express

ALTER TABLE "organization" ADD CONSTRAINT "organization_slug_form" CHECK ("slug" ~ '^[a-z0-9-]+$');
ALTER TABLE "person" ADD CONSTRAINT "person_slug_form" CHECK ("slug" ~ '^[a-z0-9-]+$');
ALTER TABLE "topic" ADD CONSTRAINT "topic_slug_form" CHECK ("slug" ~ '^[a-z0-9-]+$');
ALTER TABLE "position" ADD CONSTRAINT "position_slug_form" CHECK ("slug" ~ '^[a-z0-9-]+$');
ALTER TABLE "visit" ADD CONSTRAINT "visit_slug_form" CHECK ("slug" ~ '^[a-z0-9-]+$');
ALTER TABLE "meeting" ADD CONSTRAINT "meeting_slug_form" CHECK ("slug" ~ '^[a-z0-9-]+$');
ALTER TABLE "statement" ADD CONSTRAINT "statement_slug_form" CHECK ("slug" ~ '^[a-z0-9-]+$');
ALTER TABLE "agreement" ADD CONSTRAINT "agreement_slug_form" CHECK ("slug" ~ '^[a-z0-9-]+$');
ALTER TABLE "source" ADD CONSTRAINT "source_slug_form" CHECK ("slug" ~ '^[a-z0-9-]+$');
ALTER TABLE "position" ADD CONSTRAINT "position_post_form" CHECK ("post" ~ '^[a-z0-9-]+$');
ALTER TABLE "country" ADD CONSTRAINT "country_code_form" CHECK ("code" ~ '^([A-Z]{2}|[A-Z]{4}|X-[a-z0-9-]+)$');

-- The four bounds of a time span; the end of the begin may exceed the begin of the end
ALTER TABLE "position" ADD CONSTRAINT "position_bounds_in_order" CHECK (
  "begin_of_the_begin" <= "end_of_the_begin" AND "begin_of_the_end" <= "end_of_the_end"
  AND "begin_of_the_begin" <= "begin_of_the_end" AND "end_of_the_begin" <= "end_of_the_end"
  AND "begin_of_the_begin" <= "end_of_the_end"
);
ALTER TABLE "attestation" ADD CONSTRAINT "attestation_bounds_in_order" CHECK (
  "begin_of_the_begin" <= "end_of_the_begin" AND "begin_of_the_end" <= "end_of_the_end"
  AND "begin_of_the_begin" <= "begin_of_the_end" AND "end_of_the_begin" <= "end_of_the_end"
  AND "begin_of_the_begin" <= "end_of_the_end"
);
ALTER TABLE "visit" ADD CONSTRAINT "visit_bounds_in_order" CHECK (
  "begin_of_the_begin" <= "end_of_the_begin" AND "begin_of_the_end" <= "end_of_the_end"
  AND "begin_of_the_begin" <= "begin_of_the_end" AND "end_of_the_begin" <= "end_of_the_end"
  AND "begin_of_the_begin" <= "end_of_the_end"
);
ALTER TABLE "meeting" ADD CONSTRAINT "meeting_bounds_in_order" CHECK (
  "begin_of_the_begin" <= "end_of_the_begin" AND "begin_of_the_end" <= "end_of_the_end"
  AND "begin_of_the_begin" <= "begin_of_the_end" AND "end_of_the_begin" <= "end_of_the_end"
  AND "begin_of_the_begin" <= "end_of_the_end"
);
ALTER TABLE "statement" ADD CONSTRAINT "statement_bounds_in_order" CHECK (
  "begin_of_the_begin" <= "end_of_the_begin" AND "begin_of_the_end" <= "end_of_the_end"
  AND "begin_of_the_begin" <= "begin_of_the_end" AND "end_of_the_begin" <= "end_of_the_end"
  AND "begin_of_the_begin" <= "end_of_the_end"
);
ALTER TABLE "agreement_event" ADD CONSTRAINT "agreement_event_bounds_in_order" CHECK (
  "begin_of_the_begin" <= "end_of_the_begin" AND "begin_of_the_end" <= "end_of_the_end"
  AND "begin_of_the_begin" <= "begin_of_the_end" AND "end_of_the_begin" <= "end_of_the_end"
  AND "begin_of_the_begin" <= "end_of_the_end"
);
ALTER TABLE "source" ADD CONSTRAINT "source_bounds_in_order" CHECK (
  "begin_of_the_begin" <= "end_of_the_begin" AND "begin_of_the_end" <= "end_of_the_end"
  AND "begin_of_the_begin" <= "begin_of_the_end" AND "end_of_the_begin" <= "end_of_the_end"
  AND "begin_of_the_begin" <= "end_of_the_end"
);

-- Exactly one of several
ALTER TABLE "participation" ADD CONSTRAINT "participation_one_occasion" CHECK (num_nonnulls("meeting_slug", "visit_slug") = 1);
ALTER TABLE "statement_voice" ADD CONSTRAINT "statement_voice_one_voice" CHECK (num_nonnulls("person_slug", "organization_slug") = 1);
ALTER TABLE "agreement_event_actor" ADD CONSTRAINT "agreement_event_actor_one_actor" CHECK (num_nonnulls("person_slug", "organization_slug") = 1);
ALTER TABLE "citation" ADD CONSTRAINT "citation_one_fact" CHECK (
  num_nonnulls(
    "position_slug", "attestation_id", "visit_slug", "participation_id",
    "meeting_slug", "statement_slug", "agreement_slug", "agreement_event_id"
  ) = 1
);

ALTER TABLE "citation" ADD CONSTRAINT "citation_range" CHECK (0 <= "start" AND "start" < "end");
ALTER TABLE "source" ADD CONSTRAINT "source_sha256_form" CHECK ("sha256" ~ '^[0-9a-f]{64}$');
ALTER TABLE "source" ADD CONSTRAINT "source_length" CHECK ("length" > 0 AND ("text" IS NULL OR char_length("text") = "length"));
ALTER TABLE "position" ADD CONSTRAINT "position_of_somebody" CHECK (num_nonnulls("country_code", "organization_slug") > 0);
ALTER TABLE "topic_broader" ADD CONSTRAINT "topic_broader_not_itself" CHECK ("topic_slug" <> "broader_slug");
ALTER TABLE "visit" ADD CONSTRAINT "visit_abroad" CHECK ("from_code" <> "to_code");
ALTER TABLE "dataset" ADD CONSTRAINT "dataset_one_row" CHECK ("id" = 1);

INSERT INTO "dataset" ("id") VALUES (1);
