-- Figures are read by the pages that requests came through, and by the address that somebody gave before they had an organisation (BI-06).
CREATE INDEX "booking_site_id_idx" ON "booking"("site_id");
CREATE INDEX organisation_unclaimed_email ON organisation (lower(email)) WHERE NOT claimed;
