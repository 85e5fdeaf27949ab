-- What a public body's accountant looks for on the invoice of a plan; a month that was paid with nothing is no trial.

-- 1. Chorus Pro (PUB-08, PUB-11) ----------------------------------------------------------------------------------------------------

ALTER TABLE "plan_quote" ADD COLUMN "service_code" TEXT NOT NULL DEFAULT '', ADD COLUMN "commitment_number" TEXT NOT NULL DEFAULT '', ADD COLUMN "market_number" TEXT NOT NULL DEFAULT '';

-- 2. Trials -------------------------------------------------------------------------------------------------------------------------

-- Empty while a plan is tried; a month may be paid with nothing, where all of it was off.
ALTER TABLE "subscription" ALTER COLUMN "paid_minor" DROP NOT NULL, ALTER COLUMN "paid_minor" DROP DEFAULT;
UPDATE "subscription" SET "paid_minor" = NULL WHERE "paid_minor" = 0 AND "tried" AND "state" <> 'active'
  AND NOT EXISTS (SELECT FROM "plan_charge" WHERE "plan_charge"."org_id" = "subscription"."org_id" AND "status" = 'captured' AND "plan_charge"."until" = "subscription"."until");
ALTER TABLE "subscription" ADD CONSTRAINT subscription_tried CHECK (CASE "state" WHEN 'trial' THEN "paid_minor" IS NULL AND "tried" WHEN 'active' THEN "paid_minor" IS NOT NULL ELSE "paid_minor" IS NOT NULL OR "tried" END);
