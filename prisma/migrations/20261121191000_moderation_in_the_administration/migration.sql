-- What was reported to those who run the server, in the order in which it is listed.
ALTER TABLE `report`
  ADD KEY `report_by_audience` (`audience`, `created_at`),
  ADD KEY `report_by_audience_and_decision` (`audience`, `decision`, `created_at`);
