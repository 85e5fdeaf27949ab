-- A payment may have two attempts under way: at the card entry, and at a wallet beside it. The buyer takes one of them.

CREATE TABLE "other_attempt" (
    "payment_id" TEXT NOT NULL,
    "ref" TEXT NOT NULL,
    "turn" INTEGER NOT NULL DEFAULT 0,

    CONSTRAINT "other_attempt_pkey" PRIMARY KEY ("payment_id"),
    CONSTRAINT "other_attempt_turn_counts" CHECK ("turn" >= 0)
);

CREATE UNIQUE INDEX "other_attempt_ref_key" ON "other_attempt" ("ref");
