-- What a booker is paid of a release has its invoice, in its own series, and waits for its own mandate.
ALTER TYPE "invoice_kind" ADD VALUE 'booker' AFTER 'commission';

ALTER TABLE "invoice_waiting" DROP CONSTRAINT "invoice_waiting_cause";
ALTER TABLE "invoice_waiting" ADD CONSTRAINT "invoice_waiting_cause" CHECK ("cause" IN ('deposit', 'balance', 'release', 'close', 'public', 'booker'));
