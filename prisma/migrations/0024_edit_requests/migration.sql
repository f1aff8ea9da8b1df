-- CreateTable
CREATE TABLE "edit_request" (
    "key_id" TEXT COLLATE "C" NOT NULL,
    "name" TEXT COLLATE "C" NOT NULL,
    "request" BYTEA NOT NULL,
    "result" JSON NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "edit_request_pkey" PRIMARY KEY ("key_id","name"),
    CONSTRAINT "edit_request_request" CHECK (length(request) = 32)
);

-- CreateIndex
CREATE INDEX "edit_request_at_idx" ON "edit_request"("at");

-- AddForeignKey
ALTER TABLE "edit_request" ADD CONSTRAINT "edit_request_key_id_fkey" FOREIGN KEY ("key_id") REFERENCES "api_key"("id") ON DELETE CASCADE ON UPDATE CASCADE;
