-- What a provider is asked to charge, while whoever pays is away, stands before it is asked: the same key never says anything else.
CREATE TABLE "charge_ask" (
  "key" TEXT NOT NULL,
  "customer_ref" TEXT NOT NULL,
  "method_ref" TEXT NOT NULL,
  "minor" BIGINT NOT NULL,
  "currency" CHAR(3) NOT NULL,
  "at" TIMESTAMPTZ(3) NOT NULL,
  CONSTRAINT "charge_ask_pkey" PRIMARY KEY ("key"),
  CONSTRAINT "charge_ask_positive" CHECK ("minor" > 0)
);
CREATE TRIGGER charge_ask_append_only BEFORE UPDATE OR DELETE ON "charge_ask" FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER charge_ask_kept BEFORE TRUNCATE ON "charge_ask" FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
