/* Wire schema: the protocol as a JSON Schema (2020-12), from wire.def, for those who write clients
   of their own. */
#ifndef WIRE_WIRE_SCHEMA_H
#define WIRE_WIRE_SCHEMA_H

/* The schema's text, ended by a newline; to be freed. */
char *toc_wire_schema_text(void);

#endif
