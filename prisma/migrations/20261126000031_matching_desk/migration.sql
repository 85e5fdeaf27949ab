-- CreateEnum
CREATE TYPE "match_approval_state" AS ENUM ('waiting', 'approved', 'refused', 'released', 'withdrawn');

-- CreateEnum
CREATE TYPE "matching_act_kind" AS ENUM ('rolled_back', 'approval_on', 'approval_off', 'approved', 'refused');

-- CreateTable
CREATE TABLE "match_approval" (
    "id" TEXT NOT NULL,
    "artist_org_id" TEXT NOT NULL,
    "place_org_id" TEXT NOT NULL,
    "score" INTEGER NOT NULL,
    "state" "match_approval_state" NOT NULL DEFAULT 'waiting',
    "asked_at" TIMESTAMPTZ(3) NOT NULL,
    "decided_at" TIMESTAMPTZ(3),

    CONSTRAINT "match_approval_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "matching_act" (
    "id" BIGSERIAL NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "user_id" TEXT NOT NULL,
    "kind" "matching_act_kind" NOT NULL,
    "subject" TEXT NOT NULL,
    "version" INTEGER,
    "reason" TEXT NOT NULL,

    CONSTRAINT "matching_act_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE UNIQUE INDEX "match_approval_artist_org_id_place_org_id_key" ON "match_approval"("artist_org_id", "place_org_id");

-- CreateIndex
CREATE INDEX "match_approval_state_asked_at_idx" ON "match_approval"("state", "asked_at");

-- CreateIndex
CREATE INDEX "matching_act_kind_id_idx" ON "matching_act"("kind", "id");

ALTER TABLE "match_approval" ADD CONSTRAINT "match_approval_decided" CHECK (("state" = 'waiting') = ("decided_at" IS NULL) AND "artist_org_id" <> "place_org_id" AND "score" BETWEEN 0 AND 100);
CREATE TRIGGER matching_act_append_only BEFORE UPDATE OR DELETE ON "matching_act" FOR EACH ROW EXECUTE FUNCTION refuse_change();
