SELECT
  *
FROM (
  SELECT
    "t1"."programme",
    "t1"."kind",
    "t1"."month",
    COUNT(*) AS "whole",
    SUM(CAST(COALESCE("t1"."change" = 'deterioration', FALSE) AS BIGINT)) AS "part"
  FROM (
    SELECT
      *
    FROM "endings" AS "t0"
    WHERE
      "t0"."kind" = 'treatment' AND "t0"."contacts" >= 2 AND "t0"."how" <> 'transferred'
  ) AS "t1"
  GROUP BY
    1,
    2,
    3
) AS "t2"
ORDER BY
  "t2"."programme" ASC,
  "t2"."kind" ASC,
  "t2"."month" ASC
