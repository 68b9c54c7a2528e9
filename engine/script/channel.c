/* Channel: the things lie in a ring of records, which is memory of Lua's and so within its limit.
   Those who wait stand in a list; whoever is woken for a thing is promised one, so that nobody who
   comes in between takes it away. */
#include "script/channel.h"

#include <lauxlib.h>
#include <string.h>

#include "kernel/assert.h"
#include "kernel/list.h"
#include "script/binder.h"
#include "script/variate.h"

enum { MOST_CHANNELS = 10000, FIRST_CAPACITY = 8 };

/* Most things are small: only texts, tables and functions are kept in the registry. */
struct thing {
    toc_time came;
    int type; /* of Lua */
    bool is_integer;
    union {
        bool boolean;
        lua_Integer integer;
        lua_Number number;
        void *object;
        int reference;
    } is;
};

struct channel {
    struct thing *ring;
    uint32_t head, count, capacity;
    uint32_t promised; /* to those who were woken and have not gone on yet */
    toc_list waiting;  /* numbers of processes, longest waiting first */
};

struct promise {
    uint64_t process;
    uint32_t channel;
};

struct toc_channels {
    toc_processes *processes;
    toc_list channels; /* struct channel */
    toc_list promises; /* struct promise; hardly ever more than a few */
};

/* Names the channels among the host's slots and the table of rings in the registry. */
static const char channels_key = 0;

static struct channel *channel_at(const toc_channels *channels, uint32_t number) {
    return TOC_LIST_AT(struct channel, &channels->channels, number);
}

static toc_channels *channels_of(lua_State *lua) {
    toc_channels *channels = toc_host_get(lua, &channels_key);
    TOC_ASSERT(channels != NULL);
    return channels;
}

/* ---- things ---- */

static void set_ring(lua_State *lua, struct channel *channel, uint32_t number, uint32_t capacity) {
    toc_host_charge(lua, 20 + capacity / 2);
    lua_rawgetp(lua, LUA_REGISTRYINDEX, &channels_key);
    struct thing *ring = lua_newuserdatauv(lua, capacity * sizeof *ring, 0);
    for (uint32_t i = 0; i < channel->count; i++) {
        ring[i] = channel->ring[(channel->head + i) & (channel->capacity - 1)];
    }
    lua_rawseti(lua, -2, (lua_Integer)number + 1);
    lua_pop(lua, 1);
    channel->ring = ring;
    channel->head = 0;
    channel->capacity = capacity;
}

static struct thing thing_at(lua_State *lua, int index) {
    struct thing thing = {.type = lua_type(lua, index)};
    switch (thing.type) {
    case LUA_TBOOLEAN:
        thing.is.boolean = lua_toboolean(lua, index);
        break;
    case LUA_TNUMBER:
        thing.is_integer = lua_isinteger(lua, index);
        if (thing.is_integer) {
            thing.is.integer = lua_tointeger(lua, index);
        } else {
            thing.is.number = lua_tonumber(lua, index);
        }
        break;
    case LUA_TLIGHTUSERDATA:
        thing.is.object = lua_touserdata(lua, index);
        break;
    default:
        toc_host_charge(lua, 20);
        lua_pushvalue(lua, index);
        thing.is.reference = luaL_ref(lua, LUA_REGISTRYINDEX);
        break;
    }
    return thing;
}

static void push_thing(lua_State *lua, const struct thing *thing) {
    switch (thing->type) {
    case LUA_TBOOLEAN:
        lua_pushboolean(lua, thing->is.boolean);
        break;
    case LUA_TNUMBER:
        if (thing->is_integer) {
            lua_pushinteger(lua, thing->is.integer);
        } else {
            lua_pushnumber(lua, thing->is.number);
        }
        break;
    case LUA_TLIGHTUSERDATA:
        lua_pushlightuserdata(lua, thing->is.object);
        break;
    default:
        lua_rawgeti(lua, LUA_REGISTRYINDEX, thing->is.reference);
        luaL_unref(lua, LUA_REGISTRYINDEX, thing->is.reference);
        break;
    }
}

/* ---- those who wait ---- */

/* Wakes the longest waiting one for each thing that is promised to nobody yet. */
static void serve_line(toc_channels *channels, uint32_t number) {
    struct channel *channel = channel_at(channels, number);
    while (channel->promised < channel->count && channel->waiting.count > 0) {
        uint64_t *waiting = channel->waiting.items;
        uint64_t first = waiting[0];
        memmove(waiting, waiting + 1, --channel->waiting.count * sizeof *waiting);
        if (toc_processes_wake(channels->processes, first)) {
            channel->promised++;
            *(struct promise *)toc_list_add(&channels->promises, sizeof(struct promise)) =
                (struct promise){first, number};
        }
    }
}

/* Whether it had been promised something; the channel's number is left in *out. */
static bool settle(toc_channels *channels, uint64_t process, uint32_t *out) {
    struct promise *promises = channels->promises.items;
    for (uint32_t i = 0; i < channels->promises.count; i++) {
        if (promises[i].process == process) {
            *out = promises[i].channel;
            channel_at(channels, *out)->promised--;
            promises[i] = promises[--channels->promises.count];
            return true;
        }
    }
    return false;
}

void toc_channel_ended(toc_channels *channels, uint64_t process) {
    uint32_t number = 0;
    if (settle(channels, process, &number)) {
        serve_line(channels, number);
    }
}

static void leave_line(struct channel *channel, uint64_t process) {
    uint64_t *waiting = channel->waiting.items;
    for (uint32_t i = 0; i < channel->waiting.count; i++) {
        if (waiting[i] == process) {
            memmove(waiting + i, waiting + i + 1, (--channel->waiting.count - i) * sizeof *waiting);
            return;
        }
    }
}

static void join_line(struct channel *channel, uint64_t process, bool in_front) {
    (void)toc_list_add(&channel->waiting, sizeof process);
    uint64_t *waiting = channel->waiting.items;
    uint32_t at = in_front ? 0 : channel->waiting.count - 1;
    memmove(waiting + at + 1, waiting + at, (channel->waiting.count - 1 - at) * sizeof *waiting);
    waiting[at] = process;
}

/* ---- putting ---- */

static int put(lua_State *lua, toc_channels *channels, uint32_t number) {
    struct channel *channel = channel_at(channels, number);
    if (channel->count == channel->capacity) {
        set_ring(lua, channel, number, channel->capacity * 2);
    }
    struct thing thing = thing_at(lua, 2);
    thing.came = toc_processes_now(channels->processes);
    channel->ring[(channel->head + channel->count++) & (channel->capacity - 1)] = thing;
    if (channel->waiting.count > 0) {
        serve_line(channels, number);
    }
    return 0;
}

static int put_now(lua_State *lua, int status, lua_KContext number) {
    (void)status;
    return put(lua, channels_of(lua), (uint32_t)number);
}

static int channel_put(lua_State *lua) {
    toc_channels *channels = channels_of(lua);
    uint32_t number = (uint32_t)toc_binder_check(lua, 1, "channel");
    if (lua_isnoneornil(lua, 2)) {
        toc_host_error(lua, "channel:put: there is nothing to put");
    }
    toc_host_charge(lua, 8);
    if (!lua_isnoneornil(lua, 3)) {
        toc_time delay = toc_variate_time(lua, 3, "channel:put, the time before", 0);
        if (!toc_processes_pass(lua, delay)) {
            return toc_processes_wait_then(lua, delay, put_now, (lua_KContext)number);
        }
    }
    return put(lua, channels, number);
}

/* ---- getting ---- */

/* Pushes the oldest thing and how long it has lain there. */
static int take(lua_State *lua, toc_channels *channels, struct channel *channel) {
    struct thing thing = channel->ring[channel->head];
    channel->head = (channel->head + 1) & (channel->capacity - 1);
    channel->count--;
    push_thing(lua, &thing);
    lua_pushinteger(lua, toc_processes_now(channels->processes) - thing.came);
    return 2;
}

static int wait_in_line(lua_State *lua, toc_channels *channels, uint32_t number, bool in_front,
                        toc_time deadline, lua_KFunction then) {
    uint64_t process = toc_processes_current(lua);
    if (process != 0 && lua_isyieldable(lua)) { /* else waiting says what is wrong */
        struct channel *channel = channel_at(channels, number);
        toc_host_charge(lua, 8 + channel->waiting.count / 16);
        join_line(channel, process, in_front);
    }
    toc_time now = toc_processes_now(channels->processes);
    return toc_processes_wait_then(lua, deadline == TOC_NEVER ? TOC_NEVER : deadline - now, then,
                                   (lua_KContext)deadline);
}

enum arrival { PROMISED, OUT_OF_TIME, WOKEN_FOR_OTHER_REASONS };

static enum arrival arrive(lua_State *lua, toc_channels *channels, uint32_t number,
                           toc_time deadline) {
    uint32_t promised_at = 0;
    uint64_t process = toc_processes_current(lua);
    if (settle(channels, process, &promised_at)) {
        TOC_ASSERT(promised_at == number);
        return PROMISED;
    }
    leave_line(channel_at(channels, number), process);
    return deadline <= toc_processes_now(channels->processes) ? OUT_OF_TIME
                                                              : WOKEN_FOR_OTHER_REASONS;
}

static int get_then(lua_State *lua, int status, lua_KContext deadline) {
    (void)status;
    toc_channels *channels = channels_of(lua);
    uint32_t number = (uint32_t)toc_binder_check(lua, 1, "channel");
    switch (arrive(lua, channels, number, (toc_time)deadline)) {
    case PROMISED:
        return take(lua, channels, channel_at(channels, number));
    case OUT_OF_TIME:
        lua_pushnil(lua);
        return 1;
    case WOKEN_FOR_OTHER_REASONS:
        break;
    }
    lua_settop(lua, 1);
    return wait_in_line(lua, channels, number, true, (toc_time)deadline, get_then);
}

static int channel_get(lua_State *lua) {
    toc_channels *channels = channels_of(lua);
    uint32_t number = (uint32_t)toc_binder_check(lua, 1, "channel");
    struct channel *channel = channel_at(channels, number);
    toc_host_charge(lua, 8);
    if (channel->count > channel->promised) {
        return take(lua, channels, channel);
    }
    toc_time limit = lua_isnoneornil(lua, 2)
                         ? TOC_NEVER
                         : toc_variate_time(lua, 2, "channel:get, the longest wait", 0);
    toc_time now = toc_processes_now(channels->processes);
    toc_time deadline = limit < TOC_NEVER - now ? now + limit : TOC_NEVER;
    lua_settop(lua, 1);
    return wait_in_line(lua, channels, number, false, deadline, get_then);
}

/* The thing and its time lie below whether it was woken. */
static int worked(lua_State *lua, int status, lua_KContext nothing) {
    (void)status;
    (void)nothing;
    lua_pop(lua, 1);
    return 2;
}

/* The work's time is drawn when it begins. */
static int work(lua_State *lua, toc_channels *channels, uint32_t number) {
    toc_time time = toc_variate_time(lua, 2, "channel:serve, the time", 0);
    (void)take(lua, channels, channel_at(channels, number));
    return toc_processes_pass(lua, time) ? 2 : toc_processes_wait_then(lua, time, worked, 0);
}

static int serve_then(lua_State *lua, int status, lua_KContext deadline) {
    (void)status;
    toc_channels *channels = channels_of(lua);
    uint32_t number = (uint32_t)toc_binder_check(lua, 1, "channel");
    lua_settop(lua, 2);
    if (arrive(lua, channels, number, (toc_time)deadline) == PROMISED) {
        return work(lua, channels, number);
    }
    return wait_in_line(lua, channels, number, true, (toc_time)deadline, serve_then);
}

static int channel_serve(lua_State *lua) {
    toc_channels *channels = channels_of(lua);
    uint32_t number = (uint32_t)toc_binder_check(lua, 1, "channel");
    const struct channel *channel = channel_at(channels, number);
    toc_host_charge(lua, 8);
    if (channel->count > channel->promised) {
        return work(lua, channels, number);
    }
    lua_settop(lua, 2);
    return wait_in_line(lua, channels, number, false, TOC_NEVER, serve_then);
}

static int channel_length(lua_State *lua) {
    uint32_t number = (uint32_t)toc_binder_check(lua, 1, "channel");
    lua_pushinteger(lua, channel_at(channels_of(lua), number)->count);
    return 1;
}

/* ---- making ---- */

static int make_channel(lua_State *lua) {
    toc_channels *channels = channels_of(lua);
    uint32_t number = channels->channels.count;
    if (number == MOST_CHANNELS) {
        toc_host_error(lua, "more than %d channels; one serves for any number of things",
                       MOST_CHANNELS);
    }
    struct channel fresh = {.count = 0};
    set_ring(lua, &fresh, number, FIRST_CAPACITY);
    *(struct channel *)toc_list_add(&channels->channels, sizeof fresh) = fresh;
    toc_binder_push(lua, "channel", number, 0);
    return 1;
}

static const toc_binding channel_rows[] = {
    {"put", channel_put, false, "channel:put(thing: any, after?: time|variate)",
     "Adds a thing behind the others, once that time has gone by; whoever waits longest for one "
     "goes on with the oldest."},
    {"get", channel_get, false, "channel:get(at_most?: time|variate) -> any, time",
     "Takes the oldest thing and says how long it has lain there, waiting for one if need be; nil "
     "where the time ran out before."},
    {"serve", channel_serve, false, "channel:serve(time: time|variate) -> any, time",
     "Takes the oldest thing as get does and lets that much time go by, as work on it takes."},
    {"length", channel_length, true, "channel.length: integer", "How many things lie there."},
};

static const toc_bound_class channel_class = {
    "channel", "A line of things that processes hand to each other, first in, first out.",
    channel_rows, sizeof channel_rows / sizeof *channel_rows};

static const toc_binding function_rows[] = {
    {"channel", make_channel, false, "t.channel() -> channel",
     "A new line of things, empty at first."},
};

static const toc_bound_class functions = {"t", "Functions that run side by side.", function_rows,
                                          sizeof function_rows / sizeof *function_rows};

static int make_table(lua_State *lua) {
    lua_newtable(lua);
    lua_rawsetp(lua, LUA_REGISTRYINDEX, &channels_key);
    return 0;
}

toc_channels *toc_channel_create(toc_host *host, toc_processes *processes) {
    toc_channels *channels = toc_arena_alloc(toc_host_arena(host), sizeof *channels);
    channels->processes = processes;
    toc_host_set(host, &channels_key, channels);
    (void)toc_host_protect(host, make_table, NULL, 0);
    toc_binder_class(host, &channel_class);
    toc_binder_module(host, "tocsin.core", &functions);
    return channels;
}

void toc_channel_destroy(toc_channels *channels) {
    for (uint32_t i = 0; i < channels->channels.count; i++) {
        toc_list_finish(&channel_at(channels, i)->waiting);
    }
    toc_list_finish(&channels->channels);
    toc_list_finish(&channels->promises);
}
