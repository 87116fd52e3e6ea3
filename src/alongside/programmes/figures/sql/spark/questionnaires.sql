SELECT
  *
FROM (
  SELECT
    `t1`.`programme`,
    `t1`.`kind`,
    `t1`.`month`,
    COUNT(*) AS `whole`,
    SUM(CAST(COALESCE(`t1`.`questionnaires`, FALSE) AS BIGINT)) AS `part`
  FROM (
    SELECT
      *
    FROM `meetings` AS `t0`
    WHERE
      `t0`.`held` AND `t0`.`questionnaires` IS NOT NULL
  ) AS `t1`
  GROUP BY
    1,
    2,
    3
) AS `t2`
ORDER BY
  `t2`.`programme` ASC NULLS LAST,
  `t2`.`kind` ASC NULLS LAST,
  `t2`.`month` ASC NULLS LAST
