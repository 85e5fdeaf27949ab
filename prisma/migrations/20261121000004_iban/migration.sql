-- Where a public buyer's transfer goes: printed on the invoice, and held by nobody else.
ALTER TABLE "organisation" ADD COLUMN "iban" TEXT NOT NULL DEFAULT '';
ALTER TABLE "organisation" ADD CONSTRAINT "organisation_iban_shape" CHECK ("iban" ~ '^([A-Z]{2}[0-9]{2}[A-Z0-9]{11,30})?$');
