-- A payout or a refund that came back is sent again under a new name at the provider; its earlier names stay known, since a late notice may still speak of them.
ALTER TABLE "payout" ADD COLUMN "past_refs" TEXT[] NOT NULL DEFAULT ARRAY[]::TEXT[];
ALTER TABLE "refund" ADD COLUMN "past_refs" TEXT[] NOT NULL DEFAULT ARRAY[]::TEXT[];
-- When a producer's share left our own balance with the provider: what a bank refused lies in the producer's account there.
ALTER TABLE "payout" ADD COLUMN "moved_at" TIMESTAMPTZ(3);
UPDATE "payout" SET "moved_at" = "created_at" WHERE "provider_ref" IS NOT NULL;
