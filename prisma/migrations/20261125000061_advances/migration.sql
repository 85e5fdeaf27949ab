-- What is paid before the show has its invoice, the balance as the deposit (CGI 289, I-1-c): one for each payment.
ALTER TYPE "invoice_kind" ADD VALUE 'balance' AFTER 'deposit';

ALTER TABLE "invoice" ADD COLUMN "payment_id" TEXT;
ALTER TABLE "invoice" DISABLE TRIGGER invoice_content_fixed;
UPDATE "invoice" SET "payment_id" = (SELECT "id" FROM "payment" WHERE "payment"."booking_id" = "invoice"."booking_id" AND "payment"."part" = 'deposit') WHERE "kind" = 'deposit';
ALTER TABLE "invoice" ENABLE TRIGGER invoice_content_fixed;
CREATE UNIQUE INDEX "invoice_payment_id_key" ON "invoice"("payment_id");
-- As text: a new word of a type is not used in the transaction that gives it.
ALTER TABLE "invoice" ADD CONSTRAINT invoice_of_payment CHECK (("kind"::text IN ('deposit', 'balance')) = ("payment_id" IS NOT NULL));

ALTER TABLE "invoice_waiting" DROP CONSTRAINT "invoice_waiting_cause", DROP CONSTRAINT "invoice_waiting_payment";
ALTER TABLE "invoice_waiting" ADD CONSTRAINT "invoice_waiting_cause" CHECK ("cause" IN ('deposit', 'balance', 'release', 'close', 'public'));
ALTER TABLE "invoice_waiting" ADD CONSTRAINT "invoice_waiting_payment" CHECK (("cause" IN ('deposit', 'balance')) = ("payment_id" IS NOT NULL));
