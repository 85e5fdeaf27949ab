-- A French seller may have opted to pay its tax when it invoices, and its invoices say so (CGI 269-2-c; ann. II 242 nonies A).
ALTER TABLE "organisation" ADD COLUMN "vat_on_debits" BOOLEAN NOT NULL DEFAULT false;
