-- Until now, the service created this table itself, if it could. The schema is named, because `bilateral restore` runs migrations in
-- a schema of its own, and must not drop the table of the service.
DO $$ BEGIN
  EXECUTE format('DROP TABLE IF EXISTS %I.rate_limit', current_schema());
END $$;

-- UNLOGGED, because a window lasts a minute: its rows are not worth writing to the log, nor backing up.
-- CreateTable
CREATE UNLOGGED TABLE "rate_limit" (
    "key" TEXT COLLATE "C" NOT NULL,
    "points" INTEGER NOT NULL DEFAULT 0,
    "expire" BIGINT,

    CONSTRAINT "rate_limit_pkey" PRIMARY KEY ("key")
);
