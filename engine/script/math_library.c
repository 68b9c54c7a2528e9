/* Math library: what gives the same result on every processor. */
#include <lauxlib.h>
#include <math.h>

#include "kernel/chance.h"
#include "kernel/numeric.h"
#include "script/binder.h"
#include "script/describe.h"
#include "script/library.h"
#include "script/variate.h"

static double number_at(lua_State *lua, int argument, const char *what) {
    char found[128];
    if (lua_type(lua, argument) != LUA_TNUMBER) {
        toc_host_error(lua, "%s: expected a number, found %s", what,
                       toc_describe_value(lua, argument, found, sizeof found));
    }
    return lua_tonumber(lua, argument);
}

/* Pushes a whole number as an integer where it fits, as it is otherwise. */
static int push_whole(lua_State *lua, double number) {
    lua_Integer integer = 0;
    if (lua_numbertointeger(number, &integer)) {
        lua_pushinteger(lua, integer);
    } else {
        lua_pushnumber(lua, number);
    }
    return 1;
}

static int math_abs(lua_State *lua) {
    double number = number_at(lua, 1, "math.abs");
    if (lua_isinteger(lua, 1)) {
        lua_Integer integer = lua_tointeger(lua, 1);
        lua_pushinteger(lua, integer < 0 ? (lua_Integer)(0U - (lua_Unsigned)integer) : integer);
    } else {
        lua_pushnumber(lua, fabs(number));
    }
    return 1;
}

static int math_floor(lua_State *lua) {
    double number = number_at(lua, 1, "math.floor");
    if (lua_isinteger(lua, 1)) {
        lua_settop(lua, 1);
        return 1;
    }
    return push_whole(lua, floor(number));
}

static int math_ceil(lua_State *lua) {
    double number = number_at(lua, 1, "math.ceil");
    if (lua_isinteger(lua, 1)) {
        lua_settop(lua, 1);
        return 1;
    }
    return push_whole(lua, ceil(number));
}

static int math_fmod(lua_State *lua) {
    double number = number_at(lua, 1, "math.fmod"), divisor = number_at(lua, 2, "math.fmod");
    if (divisor == 0) {
        toc_host_error(lua, "math.fmod: the divisor is zero");
    }
    if (lua_isinteger(lua, 1) && lua_isinteger(lua, 2)) {
        lua_Integer by = lua_tointeger(lua, 2);
        lua_pushinteger(lua, by == -1 ? 0 : lua_tointeger(lua, 1) % by);
    } else {
        lua_pushnumber(lua, fmod(number, divisor));
    }
    return 1;
}

static int math_sqrt(lua_State *lua) {
    lua_pushnumber(lua, sqrt(number_at(lua, 1, "math.sqrt")));
    return 1;
}

static int math_exp(lua_State *lua) {
    lua_pushnumber(lua, toc_numeric_exp(number_at(lua, 1, "math.exp")));
    return 1;
}

static double log_of(lua_State *lua, double number, const char *what) {
    if (!(number > 0)) {
        toc_host_error(lua, "%s: a number above 0 is needed, this is %.14g", what, number);
    }
    return toc_numeric_log(number);
}

static int math_log(lua_State *lua) {
    double result = log_of(lua, number_at(lua, 1, "math.log"), "math.log");
    if (!lua_isnoneornil(lua, 2)) {
        double base = log_of(lua, number_at(lua, 2, "math.log's base"), "math.log's base");
        if (base == 0) {
            toc_host_error(lua, "math.log: the base is 1");
        }
        result /= base;
    }
    lua_pushnumber(lua, result);
    return 1;
}

/* Whole exponents by repeated multiplication, others by exp and log. */
static int math_power(lua_State *lua) {
    double base = number_at(lua, 1, "math.power"), exponent = number_at(lua, 2, "math.power");
    double result = 1;
    if (exponent == floor(exponent) && fabs(exponent) <= 1024) {
        double factor = base;
        for (unsigned left = (unsigned)fabs(exponent); left > 0; left /= 2) {
            result *= left % 2 == 1 ? factor : 1;
            factor *= factor;
        }
        result = exponent < 0 ? 1 / result : result;
    } else if (base == 0) {
        result = exponent > 0 ? 0 : HUGE_VAL;
    } else {
        result = toc_numeric_exp(exponent * log_of(lua, base, "math.power"));
    }
    lua_pushnumber(lua, result);
    return 1;
}

/* The largest (`sign` 1) or smallest (-1) argument. */
static int extreme(lua_State *lua, const char *what, int order) {
    int count = lua_gettop(lua), best = 1;
    (void)number_at(lua, 1, what);
    toc_host_charge(lua, (uint64_t)count);
    for (int i = 2; i <= count; i++) {
        (void)number_at(lua, i, what);
        if (order > 0 ? lua_compare(lua, best, i, LUA_OPLT) : lua_compare(lua, i, best, LUA_OPLT)) {
            best = i;
        }
    }
    lua_pushvalue(lua, best);
    return 1;
}

static int math_max(lua_State *lua) {
    return extreme(lua, "math.max", 1);
}

static int math_min(lua_State *lua) {
    return extreme(lua, "math.min", -1);
}

static int math_tointeger(lua_State *lua) {
    int is_integer = 0;
    lua_Integer integer = 0;
    if (lua_type(lua, 1) == LUA_TNUMBER) {
        integer = lua_tointegerx(lua, 1, &is_integer);
    }
    if (is_integer) {
        lua_pushinteger(lua, integer);
    } else {
        lua_pushnil(lua);
    }
    return 1;
}

static int math_type(lua_State *lua) {
    if (lua_type(lua, 1) != LUA_TNUMBER) {
        lua_pushnil(lua);
    } else {
        lua_pushstring(lua, lua_isinteger(lua, 1) ? "integer" : "float");
    }
    return 1;
}

static int math_random(lua_State *lua) {
    toc_draw draw = toc_variate_next(lua, 0, "math.random");
    const toc_chance *chance = &toc_host_options_of(toc_host_of(lua))->chance;
    if (lua_isnoneornil(lua, 1)) {
        lua_pushnumber(lua, toc_chance_uniform(chance, draw));
        return 1;
    }
    int64_t low = 1, high = toc_binder_integer(lua, 1, "math.random", INT64_MIN, INT64_MAX);
    if (!lua_isnoneornil(lua, 2)) {
        low = high;
        high = toc_binder_integer(lua, 2, "math.random", INT64_MIN, INT64_MAX);
    }
    if (low > high) {
        toc_host_error(lua, "math.random: from %lld to %lld is nothing to choose from",
                       (long long)low, (long long)high);
    }
    lua_pushinteger(lua, toc_chance_between(chance, draw, low, high));
    return 1;
}

void toc_math_library_open(lua_State *lua) {
    static const luaL_Reg functions[] = {
        {"abs", math_abs},       {"ceil", math_ceil}, {"exp", math_exp},
        {"floor", math_floor},   {"fmod", math_fmod}, {"log", math_log},
        {"max", math_max},       {"min", math_min},   {"power", math_power},
        {"random", math_random}, {"sqrt", math_sqrt}, {"tointeger", math_tointeger},
        {"type", math_type},     {NULL, NULL}};
    luaL_newlib(lua, functions);
    lua_pushnumber(lua, 3.141592653589793);
    lua_setfield(lua, -2, "pi");
    lua_pushnumber(lua, HUGE_VAL);
    lua_setfield(lua, -2, "huge");
    lua_pushinteger(lua, LUA_MAXINTEGER);
    lua_setfield(lua, -2, "maxinteger");
    lua_pushinteger(lua, LUA_MININTEGER);
    lua_setfield(lua, -2, "mininteger");
    lua_setfield(lua, -2, "math");
}
