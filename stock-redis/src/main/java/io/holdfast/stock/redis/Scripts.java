package io.holdfast.stock.redis;

/// What Redis is asked to do, each in one step that nothing comes between.
///
/// The first key is the tenant's count: a number, or `?` and the name of the holder that found it
/// missing. The other keys are locks, each with its holder's name.
final class Scripts {
  /// Takes the locks one after the other, as far as nobody else has one, and gives the next token
  /// when it has all: at that moment they are its own, so whoever has one of them later gets a
  /// later token. What it has is kept for the next try, for as long as a lock lasts. Answers the
  /// token, as a text since Lua's numbers have 53 bits; nothing when somebody else has a lock; or
  /// the missing count's mark.
  static final String TAKE =
      """
      local count = redis.call('GET', KEYS[1])
      if not count then
        count = '?' .. ARGV[1]
        redis.call('SET', KEYS[1], count)
      end
      if string.sub(count, 1, 1) == '?' then
        return count
      end
      for i = 2, #KEYS do
        local holder = redis.call('GET', KEYS[i])
        if holder and holder ~= ARGV[1] then
          return false
        end
        redis.call('SET', KEYS[i], ARGV[1], 'PX', ARGV[2])
      end
      redis.call('INCR', KEYS[1])
      return redis.call('GET', KEYS[1])
      """;

  /// Lets go of the locks that are still its own.
  static final String LET_GO =
      """
      for i = 2, #KEYS do
        if redis.call('GET', KEYS[i]) == ARGV[1] then
          redis.call('DEL', KEYS[i])
        end
      end
      """;

  /// Lets the count begin at a new epoch where it is missing, with the very mark that was seen. The
  /// mark tells that nothing was lost since: an epoch that was drawn before the count was lost once
  /// more must not begin it.
  static final String BEGIN =
      """
      if redis.call('GET', KEYS[1]) == ARGV[1] then
        redis.call('SET', KEYS[1], ARGV[2])
      end
      """;

  /// Lets a count that is there go on from a new epoch, unless it is beyond that already.
  static final String RAISE =
      """
      local count = tonumber(redis.call('GET', KEYS[1]))
      if count and count < tonumber(ARGV[1]) then
        redis.call('SET', KEYS[1], ARGV[1])
      end
      """;

  /// Whether all locks are still its own: so long nobody has had one of them after it.
  static final String KEPT =
      """
      for i = 2, #KEYS do
        if redis.call('GET', KEYS[i]) ~= ARGV[1] then
          return false
        end
      end
      return 'kept'
      """;

  static final String ANSWER = "return 'here'";

  private Scripts() {}
}
