-- A bank gave the payment of a plan back to its holder for good: what it took is owed to us. Kept as it was told.
CREATE TABLE "plan_taken_back" (
  "charge_id" TEXT NOT NULL,
  "org_id" TEXT NOT NULL,
  "ref" TEXT NOT NULL,
  "at" TIMESTAMPTZ(3) NOT NULL,
  CONSTRAINT "plan_taken_back_pkey" PRIMARY KEY ("charge_id"),
  CONSTRAINT "plan_taken_back_charge_id_fkey" FOREIGN KEY ("charge_id") REFERENCES "plan_charge"("id") ON DELETE RESTRICT ON UPDATE CASCADE
);
CREATE INDEX "plan_taken_back_org_id_idx" ON "plan_taken_back"("org_id");
CREATE TRIGGER plan_taken_back_append_only BEFORE UPDATE OR DELETE ON "plan_taken_back" FOR EACH ROW EXECUTE FUNCTION refuse_change();
