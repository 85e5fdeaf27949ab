-- What the provider called the earlier attempts of a payment: a late notice may still speak of one.
ALTER TABLE "payment" ADD COLUMN "past_refs" TEXT[] NOT NULL DEFAULT ARRAY[]::TEXT[];
CREATE INDEX "payment_past_refs_idx" ON "payment" USING GIN ("past_refs");
