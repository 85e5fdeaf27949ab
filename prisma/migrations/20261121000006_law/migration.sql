-- What the law says of a sale is fixed when its contract is drafted: a producer who moves afterwards changes nothing that was signed.
ALTER TABLE "contract" ADD COLUMN "vat_citation" TEXT, ADD COLUMN "commission_vat_bps" INTEGER, ADD COLUMN "commission_vat_citation" TEXT;
-- Contracts from before keep what they printed, and the tax of the producer's country as it stands now.
ALTER TABLE "contract" DISABLE TRIGGER "contract_signed_fixed";
UPDATE "contract" SET
  "vat_citation" = COALESCE((SELECT "rule"->>'citation' FROM jsonb_array_elements("rules") AS "rule" WHERE "rule"->>'id' LIKE 'VAT%' LIMIT 1), ''),
  "commission_vat_bps" = CASE WHEN "organisation"."country" = 'FR' THEN 2000 ELSE 0 END,
  "commission_vat_citation" = CASE "organisation"."country" WHEN 'FR' THEN 'CIBS livre II (ancien CGI art. 278)' WHEN 'CH' THEN 'Hors du champ de la TVA de l’Union, directive 2006/112/CE art. 44'
    ELSE 'Autoliquidation / Reverse charge, directive 2006/112/CE art. 44 et 196' END
FROM "organisation" WHERE "organisation"."id" = "contract"."org_id";
ALTER TABLE "contract" ENABLE TRIGGER "contract_signed_fixed";
ALTER TABLE "contract" ALTER COLUMN "vat_citation" SET NOT NULL, ALTER COLUMN "commission_vat_bps" SET NOT NULL, ALTER COLUMN "commission_vat_citation" SET NOT NULL;
ALTER TABLE "contract" ADD CONSTRAINT "contract_commission_vat_bps" CHECK ("commission_vat_bps" BETWEEN 0 AND 10000);

-- A small seller's franchise, and buyers that are public bodies without being communes.
ALTER TABLE "organisation" ADD COLUMN "vat_franchise" BOOLEAN NOT NULL DEFAULT false, ADD COLUMN "public_body" BOOLEAN NOT NULL DEFAULT false;
ALTER TABLE "organisation" ADD CONSTRAINT "organisation_person_not_public" CHECK (NOT ("public_body" AND "kind" = 'person'));

-- Invoices made in a seller's name count in a series of that seller's own (CGI art. 289, I-2).
ALTER TABLE "organisation" ADD COLUMN "seller_number" INTEGER;
CREATE UNIQUE INDEX "organisation_seller_number_key" ON "organisation"("seller_number");
CREATE SEQUENCE "seller_number" AS INTEGER;
