-- CreateTable
CREATE TABLE "api_key" (
    "id" TEXT COLLATE "C" NOT NULL,
    "name" TEXT COLLATE "C" NOT NULL,
    "scope" TEXT COLLATE "C" NOT NULL,
    "hash" BYTEA NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "expires_at" TIMESTAMPTZ(3),
    "revoked_at" TIMESTAMPTZ(3),
    "last_used" DATE,

    CONSTRAINT "api_key_pkey" PRIMARY KEY ("id"),
    CONSTRAINT "api_key_scope" CHECK (scope IN ('read', 'edit', 'admin')),
    CONSTRAINT "api_key_hash" CHECK (length(hash) = 32)
);

-- CreateTable
CREATE TABLE "key_session" (
    "id" TEXT COLLATE "C" NOT NULL,
    "hash" BYTEA NOT NULL,
    "key_id" TEXT COLLATE "C" NOT NULL,
    "expires_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "key_session_pkey" PRIMARY KEY ("id"),
    CONSTRAINT "key_session_hash" CHECK (length(hash) = 32)
);

-- CreateIndex
CREATE INDEX "key_session_key_id_idx" ON "key_session"("key_id");

-- AddForeignKey
ALTER TABLE "key_session" ADD CONSTRAINT "key_session_key_id_fkey" FOREIGN KEY ("key_id") REFERENCES "api_key"("id") ON DELETE CASCADE ON UPDATE CASCADE;
