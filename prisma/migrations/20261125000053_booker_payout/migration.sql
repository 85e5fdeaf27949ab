-- A payout of its own for the booker's share.
-- Two payouts leave a booking at most: the producer's share, and its booker's.
CREATE TYPE "payout_share" AS ENUM ('producer', 'booker');
ALTER TABLE "payout" ADD COLUMN "share" "payout_share" NOT NULL DEFAULT 'producer';
DROP INDEX "payout_booking_id_key";
CREATE UNIQUE INDEX "payout_booking_id_share_key" ON "payout"("booking_id", "share");
