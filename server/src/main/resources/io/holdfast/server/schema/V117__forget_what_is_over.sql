-- Why: sessions, tokens, invitations, counts of attempts, public keys and kept answers stay in their tables when they
-- are over, unless the same user, tenant or node happens to come again. Now any node's housekeeping takes them away.
-- Locks: each of the tables while its index is made; they are small, but for request_answers, where a million rows
-- take some seconds.
--
-- The application calls one function, which knows by itself what is over. Its owner sees nothing else of these
-- tables than what is over (and the living ones that it looks up at the door), and nobody logs in as it.

CREATE INDEX sessions_over ON holdfast.sessions ((coalesce(ended_at, expires_at)));
CREATE INDEX invitations_over ON holdfast.invitations ((coalesce(used_at, expires_at)));
CREATE INDEX login_attempts_ended ON holdfast.login_attempts (window_ends_at);
-- Nobody looks for those of one tenant any more.
DROP INDEX holdfast.login_attempts_over;
-- The old ones of a tenant, from the oldest on. What is inserted goes to the tenant's right edge.
CREATE INDEX request_answers_answered_at ON holdfast.request_answers (tenant_id, answered_at);

CREATE POLICY sessions_over ON holdfast.sessions TO holdfast_doorkeeper
    USING (coalesce(ended_at, expires_at) < statement_timestamp() - interval '30 days'
        AND current_user = 'holdfast_doorkeeper');
CREATE POLICY tokens_over ON holdfast.refresh_tokens TO holdfast_doorkeeper
    USING (current_user = 'holdfast_doorkeeper'
        AND EXISTS (SELECT FROM holdfast.sessions s
            WHERE s.tenant_id = refresh_tokens.tenant_id AND s.session_id = refresh_tokens.session_id
                AND coalesce(s.ended_at, s.expires_at) < statement_timestamp() - interval '30 days'));
CREATE POLICY consoles_over ON holdfast.console_sessions FOR SELECT TO holdfast_doorkeeper
    USING (current_user = 'holdfast_doorkeeper'
        AND EXISTS (SELECT FROM holdfast.sessions s
            WHERE s.tenant_id = console_sessions.tenant_id AND s.session_id = console_sessions.session_id
                AND coalesce(s.ended_at, s.expires_at) < statement_timestamp() - interval '30 days'));
CREATE POLICY consoles_over_forgotten ON holdfast.console_sessions FOR DELETE TO holdfast_doorkeeper
    USING (current_user = 'holdfast_doorkeeper'
        AND EXISTS (SELECT FROM holdfast.sessions s
            WHERE s.tenant_id = console_sessions.tenant_id AND s.session_id = console_sessions.session_id
                AND coalesce(s.ended_at, s.expires_at) < statement_timestamp() - interval '30 days'));
CREATE POLICY invitations_over ON holdfast.invitations TO holdfast_doorkeeper
    USING (coalesce(used_at, expires_at) < statement_timestamp() AND current_user = 'holdfast_doorkeeper');
CREATE POLICY attempts_over ON holdfast.login_attempts TO holdfast_doorkeeper
    USING (window_ends_at < statement_timestamp() AND current_user = 'holdfast_doorkeeper');
-- The sweeper sees what tenants have chosen.
CREATE POLICY answers_over ON holdfast.request_answers TO holdfast_sweeper
    USING (current_user = 'holdfast_sweeper'
        AND EXISTS (SELECT FROM holdfast.retentions r
            WHERE r.tenant_id = request_answers.tenant_id
                AND request_answers.answered_at < statement_timestamp() - r.keys_days * interval '1 day'));

GRANT DELETE ON holdfast.sessions, holdfast.refresh_tokens, holdfast.console_sessions, holdfast.invitations,
    holdfast.login_attempts TO holdfast_doorkeeper;
GRANT SELECT (tenant_id, token_hash, session_id) ON holdfast.refresh_tokens TO holdfast_doorkeeper;
GRANT SELECT (tenant_id, token_hash, expires_at, used_at) ON holdfast.invitations TO holdfast_doorkeeper;
GRANT SELECT (tenant_id, subject, window_ends_at) ON holdfast.login_attempts TO holdfast_doorkeeper;
-- To lock a row takes the right to update something of it.
GRANT UPDATE (attempts) ON holdfast.login_attempts TO holdfast_doorkeeper;
GRANT SELECT (tenant_id, request_key, answered_at), DELETE ON holdfast.request_answers TO holdfast_sweeper;

CREATE FUNCTION holdfast.forget_request_answers(at_most integer)
    RETURNS bigint
    LANGUAGE sql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp
AS $$
    WITH gone AS (
        DELETE FROM holdfast.request_answers a
        WHERE (a.tenant_id, a.request_key) IN (
            SELECT old.tenant_id, old.request_key
            FROM holdfast.retentions r
            CROSS JOIN LATERAL (
                SELECT o.tenant_id, o.request_key
                FROM holdfast.request_answers o
                WHERE o.tenant_id = r.tenant_id
                    AND o.answered_at < statement_timestamp() - r.keys_days * interval '1 day'
                ORDER BY o.answered_at LIMIT at_most) old
            WHERE r.keys_days IS NOT NULL
            LIMIT at_most)
        RETURNING 1)
    SELECT count(*) FROM gone
$$;

-- What is over of a kind, at most so many rows, the oldest first. One node at a time: another one finds nothing to do.
-- Tokens go before the session that they belong to.
CREATE FUNCTION holdfast.forget(kind text, at_most integer)
    RETURNS bigint
    LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp
    -- So that the plans know how few rows are wanted, however many there are.
    SET plan_cache_mode = force_custom_plan
AS $$
DECLARE
    gone bigint;
BEGIN
    IF NOT pg_try_advisory_xact_lock(hashtextextended('holdfast.forget ' || kind, 0)) THEN
        RETURN 0;
    END IF;
    CASE kind
        WHEN 'refresh_tokens' THEN
            DELETE FROM holdfast.refresh_tokens t
            WHERE (t.tenant_id, t.token_hash) IN (
                SELECT o.tenant_id, o.token_hash
                FROM holdfast.sessions s
                JOIN holdfast.refresh_tokens o ON o.tenant_id = s.tenant_id AND o.session_id = s.session_id
                WHERE coalesce(s.ended_at, s.expires_at) < statement_timestamp() - interval '30 days'
                ORDER BY coalesce(s.ended_at, s.expires_at) LIMIT at_most);
        WHEN 'console_sessions' THEN
            DELETE FROM holdfast.console_sessions c
            WHERE (c.tenant_id, c.token_hash) IN (
                SELECT o.tenant_id, o.token_hash
                FROM holdfast.sessions s
                JOIN holdfast.console_sessions o ON o.tenant_id = s.tenant_id AND o.session_id = s.session_id
                WHERE coalesce(s.ended_at, s.expires_at) < statement_timestamp() - interval '30 days'
                ORDER BY coalesce(s.ended_at, s.expires_at) LIMIT at_most);
        WHEN 'sessions' THEN
            DELETE FROM holdfast.sessions s
            WHERE (s.tenant_id, s.session_id) IN (
                SELECT o.tenant_id, o.session_id
                FROM holdfast.sessions o
                WHERE coalesce(o.ended_at, o.expires_at) < statement_timestamp() - interval '30 days'
                    AND NOT EXISTS (SELECT FROM holdfast.refresh_tokens t
                        WHERE t.tenant_id = o.tenant_id AND t.session_id = o.session_id)
                    AND NOT EXISTS (SELECT FROM holdfast.console_sessions c
                        WHERE c.tenant_id = o.tenant_id AND c.session_id = o.session_id)
                ORDER BY coalesce(o.ended_at, o.expires_at) LIMIT at_most);
        WHEN 'invitations' THEN
            DELETE FROM holdfast.invitations i
            WHERE (i.tenant_id, i.token_hash) IN (
                SELECT o.tenant_id, o.token_hash
                FROM holdfast.invitations o
                WHERE coalesce(o.used_at, o.expires_at) < statement_timestamp()
                ORDER BY coalesce(o.used_at, o.expires_at) LIMIT at_most);
        WHEN 'login_attempts' THEN
            -- Somebody may be about to count in one. It is left to the next time.
            DELETE FROM holdfast.login_attempts a
            WHERE (a.tenant_id, a.subject) IN (
                SELECT o.tenant_id, o.subject
                FROM holdfast.login_attempts o
                WHERE o.window_ends_at < statement_timestamp()
                ORDER BY o.window_ends_at LIMIT at_most FOR UPDATE SKIP LOCKED);
        WHEN 'request_answers' THEN
            RETURN holdfast.forget_request_answers(at_most);
        WHEN 'signing_keys' THEN
            DELETE FROM holdfast.signing_keys k WHERE k.expires_at < statement_timestamp();
        WHEN 'machine_nonces' THEN
            RETURN holdfast.forget_machine_nonces(at_most);
        WHEN 'rate_buckets' THEN
            RETURN (SELECT b.forgotten FROM holdfast.forget_buckets(at_most) b);
    END CASE;
    GET DIAGNOSTICS gone = ROW_COUNT;
    RETURN gone;
END
$$;

GRANT CREATE ON SCHEMA holdfast TO holdfast_doorkeeper, holdfast_sweeper;
ALTER FUNCTION holdfast.forget(text, integer) OWNER TO holdfast_doorkeeper;
ALTER FUNCTION holdfast.forget_request_answers(integer) OWNER TO holdfast_sweeper;
REVOKE CREATE ON SCHEMA holdfast FROM holdfast_doorkeeper, holdfast_sweeper;
REVOKE ALL ON FUNCTION holdfast.forget(text, integer) FROM PUBLIC;
REVOKE ALL ON FUNCTION holdfast.forget_request_answers(integer) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION holdfast.forget_request_answers(integer) TO holdfast_doorkeeper;
GRANT EXECUTE ON FUNCTION holdfast.forget(text, integer) TO holdfast_app;
