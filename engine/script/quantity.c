/* Quantity: multiplying by a unit's base. */
#include "script/quantity.h"

#include <math.h>

#include "script/binder.h"
#include "tocsin/unit.h"

/* Pushes the number at 1 times `base`, rounded once. */
static int push_amount(lua_State *lua, const char *name, int64_t base) {
    double number = toc_binder_number(lua, 1, name);
    if (lua_isinteger(lua, 1)) {
        lua_Integer whole = lua_tointeger(lua, 1), amount = 0;
        if (!__builtin_mul_overflow(whole, base, &amount)) {
            lua_pushinteger(lua, amount);
            return 1;
        }
    }
    double amount = floor(number * (double)base + 0.5);
    if (!(fabs(amount) < 9e18)) {
        toc_host_error(lua, "%s: %.14g is too much", name, number);
    }
    lua_pushinteger(lua, (lua_Integer)amount);
    return 1;
}

static int push_unit(lua_State *lua, const char *what, const char *unit) {
    return push_amount(lua, what, toc_unit_find(unit)->base);
}

static int push_time(lua_State *lua, const char *what, toc_time base) {
    double number = toc_binder_number(lua, 1, what);
    if (number < 0) {
        toc_host_error(lua, "%s: expected a number from 0 up, found %.14g", what, number);
    }
    return push_amount(lua, what, base);
}

static int make_ms(lua_State *lua) {
    return push_time(lua, "t.ms", TOC_SECOND / 1000);
}

static int make_seconds(lua_State *lua) {
    return push_time(lua, "t.seconds", TOC_SECOND);
}

static int make_minutes(lua_State *lua) {
    return push_time(lua, "t.minutes", TOC_MINUTE);
}

static int make_hours(lua_State *lua) {
    return push_time(lua, "t.hours", TOC_HOUR);
}

static int make_days(lua_State *lua) {
    return push_time(lua, "t.days", TOC_DAY);
}

static int make_kw(lua_State *lua) {
    return push_unit(lua, "t.kW", "kW");
}

static int make_mw(lua_State *lua) {
    return push_unit(lua, "t.MW", "MW");
}

static int make_gw(lua_State *lua) {
    return push_unit(lua, "t.GW", "GW");
}

static int make_people(lua_State *lua) {
    return push_amount(lua, "t.people", 1);
}

static int make_percent(lua_State *lua) {
    lua_pushnumber(lua, toc_binder_number(lua, 1, "t.percent") / 100.0);
    return 1;
}

static int read_time(lua_State *lua) {
    toc_time time = 0;
    const char *text = toc_binder_text(lua, 1, "t.time");
    if (!toc_unit_parse_time(text, &time)) {
        toc_host_error(lua, "t.time: '%.60s' is not a time like 1h30min, 90s or 2d", text);
    }
    lua_pushinteger(lua, time);
    return 1;
}

static int read_amount(lua_State *lua) {
    int64_t amount = 0;
    const toc_unit *unit = NULL;
    const char *text = toc_binder_text(lua, 1, "t.amount");
    if (!toc_unit_parse(text, &amount, &unit)) {
        toc_host_error(lua, "t.amount: '%.60s' is not a number with a unit, like 175MW or 20 L/s",
                       text);
    }
    lua_pushinteger(lua, amount);
    return 1;
}

static const toc_binding rows[] = {
    {"ms", make_ms, false, "t.ms(number: number) -> time", "Milliseconds."},
    {"seconds", make_seconds, false, "t.seconds(number: number) -> time", "Seconds."},
    {"minutes", make_minutes, false, "t.minutes(number: number) -> time", "Minutes."},
    {"hours", make_hours, false, "t.hours(number: number) -> time", "Hours."},
    {"days", make_days, false, "t.days(number: number) -> time", "Days of 24 hours."},
    {"time", read_time, false, "t.time(text: string) -> time",
     "A time as files write it: 1h30min."},
    {"kW", make_kw, false, "t.kW(number: number) -> integer", "Kilowatts, in watts."},
    {"MW", make_mw, false, "t.MW(number: number) -> integer", "Megawatts, in watts."},
    {"GW", make_gw, false, "t.GW(number: number) -> integer", "Gigawatts, in watts."},
    {"people", make_people, false, "t.people(number: number) -> integer", "People, whole ones."},
    {"percent", make_percent, false, "t.percent(number: number) -> number",
     "A share: t.percent(80) is 0.8."},
    {"amount", read_amount, false, "t.amount(text: string) -> integer",
     "An amount as files write it (175MW, 20 L/s), in the unit's base."},
};

static const toc_bound_class functions = {
    "t", "Times are whole microseconds since the start of the drill, amounts whole base units.",
    rows, sizeof rows / sizeof *rows};

void toc_quantity_install(toc_host *host) {
    toc_binder_module(host, "tocsin.core", &functions);
}
