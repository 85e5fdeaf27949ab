-- The books of an organisation: its chart of accounts, dunning, the invoicing mandate, what its bank tells, and what a public buyer's accountant looks for.

CREATE TABLE "account_mapping" (
  "org_id" TEXT NOT NULL,
  "role" TEXT NOT NULL,
  "account" TEXT NOT NULL,
  "label" TEXT NOT NULL,
  CONSTRAINT "account_mapping_pkey" PRIMARY KEY ("org_id", "role"),
  CONSTRAINT "account_mapping_account" CHECK ("account" ~ '^[0-9A-Z]{3,13}$' AND "label" <> '')
);

CREATE TABLE "dunning" (
  "invoice_id" TEXT NOT NULL,
  "step" TEXT NOT NULL,
  "org_id" TEXT NOT NULL,
  "booking_id" TEXT NOT NULL,
  "at" TIMESTAMPTZ(3) NOT NULL,
  "due_minor" BIGINT NOT NULL,
  "interest_minor" BIGINT NOT NULL,
  "fixed_minor" BIGINT NOT NULL,
  "currency" CHAR(3) NOT NULL,
  CONSTRAINT "dunning_pkey" PRIMARY KEY ("invoice_id", "step"),
  CONSTRAINT "dunning_of_a_debt" CHECK ("due_minor" > 0 AND "interest_minor" >= 0 AND "fixed_minor" >= 0)
);
CREATE INDEX "dunning_org_id_idx" ON "dunning"("org_id");
CREATE TRIGGER dunning_append_only BEFORE UPDATE OR DELETE ON "dunning" FOR EACH ROW EXECUTE FUNCTION refuse_change();

CREATE TABLE "invoicing_mandate" (
  "org_id" TEXT NOT NULL,
  "version" INTEGER NOT NULL,
  "accepted_at" TIMESTAMPTZ(3) NOT NULL,
  "user_id" TEXT NOT NULL,
  "signed_by" TEXT NOT NULL,
  "text" TEXT NOT NULL,
  CONSTRAINT "invoicing_mandate_pkey" PRIMARY KEY ("org_id", "version"),
  CONSTRAINT "invoicing_mandate_said" CHECK ("signed_by" <> '' AND "text" <> '')
);
CREATE TRIGGER invoicing_mandate_append_only BEFORE UPDATE OR DELETE ON "invoicing_mandate" FOR EACH ROW EXECUTE FUNCTION refuse_change();

CREATE TABLE "bank_statement" (
  "id" TEXT NOT NULL,
  "org_id" TEXT NOT NULL,
  "name" TEXT NOT NULL,
  "format" TEXT NOT NULL,
  "sha256" TEXT NOT NULL,
  "iban" TEXT NOT NULL DEFAULT '',
  "imported_at" TIMESTAMPTZ(3) NOT NULL,
  CONSTRAINT "bank_statement_pkey" PRIMARY KEY ("id"),
  CONSTRAINT "bank_statement_format" CHECK ("format" IN ('camt', 'csv'))
);
CREATE UNIQUE INDEX "bank_statement_org_id_sha256_key" ON "bank_statement"("org_id", "sha256");
CREATE UNIQUE INDEX "bank_statement_id_org_id_key" ON "bank_statement"("id", "org_id");

CREATE TABLE "bank_line" (
  "id" TEXT NOT NULL,
  "statement_id" TEXT NOT NULL,
  "org_id" TEXT NOT NULL,
  "day" DATE NOT NULL,
  "minor" BIGINT NOT NULL,
  "currency" CHAR(3) NOT NULL,
  "counterparty" TEXT NOT NULL,
  "text" TEXT NOT NULL,
  "fingerprint" TEXT NOT NULL,
  "invoice_id" TEXT,
  "accepted_at" TIMESTAMPTZ(3),
  CONSTRAINT "bank_line_pkey" PRIMARY KEY ("id"),
  CONSTRAINT "bank_line_moves" CHECK ("minor" <> 0),
  -- Only money that came in settles an invoice.
  CONSTRAINT "bank_line_accepted" CHECK (("invoice_id" IS NULL) = ("accepted_at" IS NULL) AND ("invoice_id" IS NULL OR "minor" > 0)),
  CONSTRAINT "bank_line_statement_id_org_id_fkey" FOREIGN KEY ("statement_id", "org_id") REFERENCES "bank_statement"("id", "org_id") ON DELETE NO ACTION ON UPDATE NO ACTION
);
CREATE UNIQUE INDEX "bank_line_invoice_id_key" ON "bank_line"("invoice_id");
CREATE UNIQUE INDEX "bank_line_org_id_fingerprint_key" ON "bank_line"("org_id", "fingerprint");
CREATE INDEX "bank_line_statement_id_idx" ON "bank_line"("statement_id");
CREATE INDEX "bank_line_org_id_day_idx" ON "bank_line"("org_id", "day");

-- What the bank says stays as it said it; the invoice that a line settles is noted once.
CREATE FUNCTION keep_bank_line() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'DELETE' OR OLD."invoice_id" IS NOT NULL
    OR (NEW."id", NEW."statement_id", NEW."org_id", NEW."day", NEW."minor", NEW."currency", NEW."counterparty", NEW."text", NEW."fingerprint")
      IS DISTINCT FROM (OLD."id", OLD."statement_id", OLD."org_id", OLD."day", OLD."minor", OLD."currency", OLD."counterparty", OLD."text", OLD."fingerprint") THEN
    RAISE EXCEPTION 'bank line % stays as the bank said it: it breaks constraint "bank_line_fixed"', OLD."id"
      USING ERRCODE = 'check_violation', CONSTRAINT = 'bank_line_fixed', TABLE = 'bank_line';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER bank_line_fixed BEFORE UPDATE OR DELETE ON "bank_line" FOR EACH ROW EXECUTE FUNCTION keep_bank_line();

-- Chorus Pro asks for the commitment apart from the order, and for the number of a market where there is one (PUB-08).
ALTER TABLE "purchase" ADD COLUMN "commitment_number" TEXT NOT NULL DEFAULT '', ADD COLUMN "market_number" TEXT NOT NULL DEFAULT '';
