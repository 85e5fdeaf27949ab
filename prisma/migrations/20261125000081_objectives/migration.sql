-- What an organisation wants to invoice in a financial year, before tax, known by the year's last day (AN-04).
CREATE TABLE "objective" (
  "org_id" TEXT NOT NULL,
  "year_end" DATE NOT NULL,
  "minor" BIGINT NOT NULL,
  "currency" CHAR(3) NOT NULL,
  CONSTRAINT "objective_pkey" PRIMARY KEY ("org_id", "year_end"),
  CONSTRAINT "objective_positive" CHECK ("minor" > 0)
);
