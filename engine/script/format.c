/* Format: %d %i %c %x %X %o %e %E %f %g %G %s %%. */
#include "script/format.h"

#include <stdio.h>
#include <string.h>

#include "script/binder.h"
#include "script/describe.h"
#include "script/host.h"
#include "script/scribe.h"

enum { LONGEST_SPEC = 16, LONGEST_NUMBER = 512, REAL_WORK = 400 };

/* Copies "%-08.3" from after the %: flags, at most two digits of width and of precision. Returns
   what stands behind it. */
static const char *read_spec(lua_State *lua, const char *at, const char *end,
                             char spec[LONGEST_SPEC]) {
    size_t length = 0;
    spec[length++] = '%';
    while (at < end && *at != '\0' && strchr("-+ #0", *at) != NULL && length < 6) {
        spec[length++] = *at++;
    }
    for (int digits = 0; at < end && *at >= '0' && *at <= '9' && digits < 2; digits++) {
        spec[length++] = *at++;
    }
    if (at < end && *at == '.') {
        spec[length++] = *at++;
        for (int digits = 0; at < end && *at >= '0' && *at <= '9' && digits < 2; digits++) {
            spec[length++] = *at++;
        }
    }
    spec[length] = '\0';
    if (at >= end) {
        toc_host_error(lua, "string.format: the text ends within '%s'", spec);
    }
    return at;
}

static void add_integer(lua_State *lua, toc_scribe *scribe, int argument, char *spec,
                        char conversion) {
    char text[LONGEST_NUMBER], what[48];
    (void)snprintf(what, sizeof what, "string.format's value %d (%%%c)", argument - 1, conversion);
    int64_t number = toc_binder_integer(lua, argument, what, INT64_MIN, INT64_MAX);
    size_t length = strlen(spec);
    (void)snprintf(spec + length, LONGEST_SPEC - length, "ll%c", conversion);
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wformat-nonliteral"
    int printed = snprintf(text, sizeof text, spec, (long long)number);
#pragma GCC diagnostic pop
    toc_host_charge(lua, 20);
    toc_scribe_add(scribe, text, (size_t)printed);
}

static void add_real(lua_State *lua, toc_scribe *scribe, int argument, char *spec,
                     char conversion) {
    char text[LONGEST_NUMBER], found[128];
    if (lua_type(lua, argument) != LUA_TNUMBER) {
        toc_host_error(lua, "string.format's value %d (%%%c): expected a number, found %s",
                       argument - 1, conversion,
                       toc_describe_value(lua, argument, found, sizeof found));
    }
    double number = lua_tonumber(lua, argument);
    size_t length = strlen(spec);
    spec[length] = conversion;
    spec[length + 1] = '\0';
    toc_host_charge(lua, REAL_WORK);
    if (number != number) {
        toc_scribe_add(scribe, "nan", 3); /* its sign differs by processor */
        return;
    }
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wformat-nonliteral"
    int printed = snprintf(text, sizeof text, spec, number);
#pragma GCC diagnostic pop
    toc_scribe_add(scribe, text, (size_t)printed);
}

/* Width in bytes, precision the most bytes that are taken. */
static void add_text(lua_State *lua, toc_scribe *scribe, int argument, const char *spec) {
    size_t length = 0, width = 0, precision = SIZE_MAX;
    toc_describe_push(lua, argument);
    const char *text = lua_tolstring(lua, -1, &length);
    const char *at = spec + 1 + strspn(spec + 1, "-+ #0");
    for (; *at >= '0' && *at <= '9'; at++) {
        width = width * 10 + (size_t)(*at - '0');
    }
    if (*at == '.') {
        precision = 0;
        for (at++; *at >= '0' && *at <= '9'; at++) {
            precision = precision * 10 + (size_t)(*at - '0');
        }
    }
    length = length < precision ? length : precision;
    bool is_left = spec[1] == '-';
    for (size_t i = length; !is_left && i < width; i++) {
        toc_scribe_add(scribe, " ", 1);
    }
    toc_scribe_add(scribe, text, length);
    for (size_t i = length; is_left && i < width; i++) {
        toc_scribe_add(scribe, " ", 1);
    }
    lua_pop(lua, 1);
}

static void add_value(lua_State *lua, toc_scribe *scribe, int argument, char *spec,
                      char conversion) {
    if (argument >= scribe->slot) {
        toc_host_error(lua, "string.format: there is no value for '%s%c'", spec, conversion);
    }
    switch (conversion) {
    case 'd':
    case 'i':
    case 'x':
    case 'X':
    case 'o':
        add_integer(lua, scribe, argument, spec, conversion);
        break;
    case 'c': {
        char byte = (char)toc_binder_integer(lua, argument, "string.format's %c", 0, 255);
        toc_scribe_add(scribe, &byte, 1);
        break;
    }
    case 'e':
    case 'E':
    case 'f':
    case 'g':
    case 'G':
        add_real(lua, scribe, argument, spec, conversion);
        break;
    case 's':
        add_text(lua, scribe, argument, spec);
        break;
    default:
        toc_host_error(lua, "string.format has no '%s%c' (it has d i c x X o e E f g G s %%)", spec,
                       conversion >= ' ' ? conversion : '?');
    }
}

void toc_format_push(lua_State *lua, const char *format, size_t length) {
    const char *end = format + length;
    int argument = 1;
    toc_scribe scribe;
    toc_scribe_start(&scribe, lua);
    for (const char *at = format; at < end; at++) {
        const char *percent = memchr(at, '%', (size_t)(end - at));
        if (percent == NULL) {
            toc_scribe_add(&scribe, at, (size_t)(end - at));
            break;
        }
        toc_scribe_add(&scribe, at, (size_t)(percent - at));
        char spec[LONGEST_SPEC];
        at = read_spec(lua, percent + 1, end, spec);
        if (*at == '%') {
            toc_scribe_add(&scribe, "%", 1);
        } else {
            add_value(lua, &scribe, ++argument, spec, *at);
        }
    }
    toc_scribe_push(&scribe);
}
