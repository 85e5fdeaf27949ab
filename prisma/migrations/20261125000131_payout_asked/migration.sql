-- A payout stands as asked for before the provider is asked: whatever comes meanwhile, whether its money has left is found out by asking again.
ALTER TABLE "payout" ADD COLUMN "asked_at" TIMESTAMPTZ(3);
