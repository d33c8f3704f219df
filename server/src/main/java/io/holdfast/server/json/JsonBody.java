package io.holdfast.server.json;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParseException;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import jakarta.ws.rs.ClientErrorException;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/// The body of a request as one JSON object. Anything that two readers could understand differently
/// is refused: a member given twice, bytes that are not UTF-8, something after the object.
public final class JsonBody {
  /// A body that says its length is refused before it is read; this is for those that do not.
  private static final int MAX_BYTES = 1 << 20;

  private static final int MAX_DEPTH = 8;

  /// Of what others say in their own words.
  private static final int MAX_FOREIGN_DEPTH = 64;

  private static final int MAX_NUMBER_LENGTH = 40;

  private static final ObjectMapper STRICT = strict(MAX_DEPTH);
  private static final ObjectMapper FOREIGN = strict(MAX_FOREIGN_DEPTH);

  private JsonBody() {}

  private static ObjectMapper strict(int maxDepth) {
    return new ObjectMapper(
            JsonFactory.builder()
                .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                .streamReadConstraints(
                    StreamReadConstraints.builder()
                        .maxNestingDepth(maxDepth)
                        .maxNumberLength(MAX_NUMBER_LENGTH)
                        .build())
                .build())
        .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS);
  }

  /// The members of a body that must be there.
  public static JsonMembers of(byte[] body, HttpHeaders headers) {
    return new JsonMembers("", object(body, headers, STRICT));
  }

  /// Ends the request unless its body is an object, of whichever members.
  public static void requireForeign(byte[] body, HttpHeaders headers) {
    var _ = object(body, headers, FOREIGN);
  }

  private static ObjectNode object(byte[] body, HttpHeaders headers, ObjectMapper mapper) {
    JsonType.check(headers);
    if (body.length > MAX_BYTES) {
      throw new ClientErrorException(Response.Status.REQUEST_ENTITY_TOO_LARGE);
    }
    if (body.length == 0) {
      throw new InvalidMember("", "a JSON object is expected, and the body is empty");
    }
    return parsed(text(body), mapper);
  }

  /// The members of a body that may be left out, which is one without members then.
  public static JsonMembers optional(byte[] body, HttpHeaders headers) {
    return body.length == 0
        ? new JsonMembers("", JsonNodeFactory.instance.objectNode())
        : of(body, headers);
  }

  /// Of a request that says everything in its address: no body, or an object without members.
  public static void none(byte[] body, HttpHeaders headers) {
    optional(body, headers).only();
  }

  /// An object that stands somewhere else than in a body of its own, read as strictly.
  public static ObjectNode object(String text) {
    return parsed(text, STRICT);
  }

  private static String text(byte[] body) {
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(body)).toString();
    } catch (CharacterCodingException e) {
      throw new InvalidMember("", "the body is not valid UTF-8");
    }
  }

  private static ObjectNode parsed(String text, ObjectMapper mapper) {
    try (JsonParser parser = mapper.createParser(text)) {
      return parsed(parser, mapper);
    } catch (JsonProcessingException e) {
      throw new InvalidMember("", "the body is not valid JSON");
    } catch (IOException e) {
      throw new IllegalStateException("reading from memory", e);
    }
  }

  private static ObjectNode parsed(JsonParser parser, ObjectMapper mapper) throws IOException {
    try {
      JsonNode tree = mapper.readTree(parser);
      if (!(tree instanceof ObjectNode object)) {
        throw new InvalidMember("", "a JSON object is expected");
      }
      if (parser.nextToken() != null) {
        throw new InvalidMember("", "something follows the JSON object");
      }
      return object;
    } catch (StreamConstraintsException e) {
      throw new InvalidMember(place(parser), "the JSON is nested too deeply or a number too long");
    } catch (JsonParseException e) {
      throw new InvalidMember(
          place(parser), "what stands here is not valid JSON, or the member is given twice");
    }
  }

  private static String place(JsonParser parser) {
    return JsonPlace.of(parser.getParsingContext());
  }
}
