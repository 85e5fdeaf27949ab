-- What the provider of cards takes for each payment, by its list: a share of it and a fixed sum. What it really took is booked each night.
CREATE TABLE "provider_price" (
  "id" TEXT NOT NULL,
  "currency" CHAR(3) NOT NULL,
  "bps" INTEGER NOT NULL,
  "fixed_minor" BIGINT NOT NULL,
  "valid_from" DATE NOT NULL,
  "valid_to" DATE,
  "source" TEXT NOT NULL,
  CONSTRAINT "provider_price_pkey" PRIMARY KEY ("id"),
  CONSTRAINT "provider_price_bounds" CHECK ("bps" BETWEEN 0 AND 10000 AND "fixed_minor" >= 0 AND ("valid_to" IS NULL OR "valid_to" > "valid_from")),
  CONSTRAINT "provider_price_one_at_a_time" EXCLUDE USING gist ("currency" WITH =, daterange("valid_from", "valid_to") WITH &&)
);

-- A change is a new row with a later valid_from, and a valid_to on this one.
INSERT INTO "provider_price" ("id", "currency", "bps", "fixed_minor", "valid_from", "source") VALUES
  ('rat_provider_eur', 'EUR', 290, 30, '2026-01-01', 'business requirements, ES-08: 2.9 % and 0.30 for each payment');
