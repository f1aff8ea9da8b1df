-- Until now, the service created this table itself, if it could.
DROP TABLE IF EXISTS "rate_limit";

-- UNLOGGED, because a window lasts a minute: its rows are not worth writing to the log, nor backing up.
-- CreateTable
CREATE UNLOGGED TABLE "rate_limit" (
    "key" TEXT COLLATE "C" NOT NULL,
    "points" INTEGER NOT NULL DEFAULT 0,
    "expire" BIGINT,

    CONSTRAINT "rate_limit_pkey" PRIMARY KEY ("key")
);
