-- What was asked for a plan that is paid by transfer and is not paid: each step once, with what was owed then.
CREATE TABLE "plan_reminder" (
    "charge_id" TEXT NOT NULL,
    "step" TEXT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "due_minor" BIGINT NOT NULL,
    "interest_minor" BIGINT NOT NULL,
    "fixed_minor" BIGINT NOT NULL,
    "currency" CHAR(3) NOT NULL,

    CONSTRAINT "plan_reminder_pkey" PRIMARY KEY ("charge_id", "step")
);
ALTER TABLE "plan_reminder" ADD CONSTRAINT "plan_reminder_charge_id_fkey" FOREIGN KEY ("charge_id") REFERENCES "plan_charge"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE "plan_reminder" ADD CONSTRAINT plan_reminder_figures CHECK ("step" IN ('friendly', 'firm', 'notice') AND "due_minor" > 0 AND "interest_minor" >= 0 AND "fixed_minor" >= 0);
CREATE TRIGGER plan_reminder_append_only BEFORE UPDATE OR DELETE ON "plan_reminder" FOR EACH ROW EXECUTE FUNCTION refuse_change();
