/* Bindings of sensors, and of what waits to be looked at. */
#ifndef SCRIPT_BIND_SENSOR_H
#define SCRIPT_BIND_SENSOR_H

#include "script/binder.h"

/* Methods of the world. */
int toc_bind_sensor_find(lua_State *lua);
int toc_bind_sensor_waiting(lua_State *lua);

const toc_bound_class *toc_bind_sensor_class(void);

#endif
