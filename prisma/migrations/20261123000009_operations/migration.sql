-- What our own people see of the money, and a fact that makes no other transaction wait.

-- A NOTIFY holds one lock of the whole server until its transaction is on the disk, so that commits go one after another. The work that
-- hears a fact is therefore written without one; whoever told it wakes the workers after its commit, and they look by themselves each second.
CREATE OR REPLACE FUNCTION tell_fact(of_topic text, of_subject text, of_payload jsonb, of_told_at timestamptz, consumers text[]) RETURNS bigint LANGUAGE plpgsql AS $$
DECLARE
  fact_id bigint;
  work int;
  queue int;
BEGIN
  INSERT INTO "fact" ("topic", "subject", "payload", "told_at") VALUES (of_topic, of_subject, of_payload, of_told_at) RETURNING "id" INTO fact_id;
  INSERT INTO "delivery" ("fact_id", "consumer") SELECT fact_id, unnest(consumers);
  LOOP
    SELECT id INTO work FROM graphile_worker._private_tasks WHERE identifier = 'deliver';
    EXIT WHEN FOUND;
    INSERT INTO graphile_worker._private_tasks (identifier) VALUES ('deliver') ON CONFLICT DO NOTHING;
  END LOOP;
  LOOP
    SELECT id INTO queue FROM graphile_worker._private_job_queues WHERE queue_name = of_subject;
    EXIT WHEN FOUND;
    INSERT INTO graphile_worker._private_job_queues (queue_name) VALUES (of_subject) ON CONFLICT DO NOTHING;
  END LOOP;
  INSERT INTO graphile_worker._private_jobs (job_queue_id, task_id, payload, max_attempts, key)
    VALUES (queue, work, json_build_object('factId', fact_id::text), 12, 'deliver:' || fact_id);
  RETURN fact_id;
END $$;
