-- How far the provider's own book has been read, and what it said until there: it is not read from the beginning each night.
CREATE TABLE "provider_book" (
    "provider" TEXT NOT NULL,
    "currency" CHAR(3) NOT NULL,
    "cursor" TEXT NOT NULL,
    "gross" BIGINT NOT NULL,
    "fees" BIGINT NOT NULL,

    CONSTRAINT "provider_book_pkey" PRIMARY KEY ("provider","currency")
);
