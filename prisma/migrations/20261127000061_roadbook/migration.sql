-- CreateTable
CREATE TABLE "roadbook_link" (
    "id" TEXT NOT NULL,
    "token_hash" TEXT NOT NULL,
    "scenario_id" TEXT NOT NULL,
    "org_id" TEXT NOT NULL,
    "artist" TEXT NOT NULL DEFAULT '',
    "name" TEXT NOT NULL DEFAULT '',
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "revoked_at" TIMESTAMPTZ(3),

    CONSTRAINT "roadbook_link_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE UNIQUE INDEX "roadbook_link_token_hash_key" ON "roadbook_link"("token_hash");

-- CreateIndex
CREATE INDEX "roadbook_link_org_id_scenario_id_idx" ON "roadbook_link"("org_id", "scenario_id");
