#include "support/support.h"

#include "rehearsal.h"

/* What an author wrote, and what is said to it: each problem on a line. The head takes lines 1 to
   3, so what is written begins at line 4. */
struct mistake {
    const char *lines, *said;
};

/* Every problem that opening and playing tells, a line each. */
static void collect(const char *scenario, bool expect_opened, char *said, size_t size) {
    rehearsal *played = rehearsal_open(scenario, NULL, 1);
    said[0] = '\0';
    assert_int_equal(played->drill != NULL, expect_opened);
    if (played->drill != NULL) {
        assert_int_equal(toc_drill_advance(played->drill, TOC_NEVER, played->problems),
                         TOC_BAD_INPUT);
        assert_int_equal(toc_drill_next(played->drill), TOC_NEVER);
        assert_int_equal(toc_drill_advance(played->drill, TOC_NEVER, played->problems),
                         TOC_BAD_INPUT);
    }
    for (size_t i = 0; i < toc_problems_kept(played->problems); i++) {
        size_t length = strlen(said);
        (void)snprintf(said + length, size - length, "%s%s", i > 0 ? "\n" : "",
                       rehearsal_problem(played, i));
    }
    rehearsal_close(played);
}

static void check(const struct mistake *mistake, bool expect_opened) {
    char scenario[4096], said[4096];
    (void)snprintf(scenario, sizeof scenario, "%s%s%s", REHEARSAL_HEAD, mistake->lines,
                   REHEARSAL_TAIL);
    collect(scenario, expect_opened, said, sizeof said);
    assert_string_equal(said, mistake->said);
}

static const struct mistake declaring[] = {
    {"drill:inject { at = t.minutes(2), too = \"gridco.soc\", text = \"x\" }",
     "dark/scenario.lua:4:35: inject has no option 'too'; did you mean 'to'?\n"
     "dark/scenario.lua:4: nobody is to get this inject; say to = \"team.seat\""},
    {"drill:inject {\n"
     "  at = t.minutes(2),\n"
     "  to = \"gridco.soc\",\n"
     "  chanel = \"phone\",\n"
     "  text = \"x\",\n"
     "}",
     "dark/scenario.lua:7:3: inject has no option 'chanel'; did you mean 'channel'?"},
    {"drill:inject { at = t.hours(2), to = \"gridco.soc\", text = \"x\" }",
     "dark/scenario.lua:4:16: this inject comes after the end of the drill (D+0 01:00:00)"},
    {"drill:inject { at = t.minutes(2), to = \"gridco.dispacher\", text = \"x\" }",
     "dark/scenario.lua:4:35: inject 'I-01': there is no seat or team 'gridco.dispacher'; did you "
     "mean 'gridco.dispatcher'?"},
    {"drill:inject { at = t.minutes(2), to = { \"gridco.soc\",\n"
     "  \"gridco.sock\" }, text = \"x\" }",
     "dark/scenario.lua:4:35: inject 'I-01': there is no seat or team 'gridco.sock'; did you mean "
     "'gridco.soc'?"},
    {"drill:inject { at = t.minutes(2), to = \"nobody.there\", text = \"x\" }",
     "dark/scenario.lua:4:35: inject 'I-01': there is no seat or team 'nobody.there'"},
    {"drill:inject { at = t.minutes(2), to = \"gridco.soc\", channel = \"fone\", text = \"x\" }",
     "dark/scenario.lua:4:54: there is no channel 'fone'; did you mean 'phone'?"},
    {"drill:inject { at = \"soon\", to = \"gridco.soc\", text = \"x\" }",
     "dark/scenario.lua:4:16: at of inject: expected a time like t.minutes(5), found the text "
     "'soon'"},
    {"drill:inject { at = -5, to = \"gridco.soc\", text = \"x\" }",
     "dark/scenario.lua:4:16: at of inject: expected a time like t.minutes(5), found -5"},
    {"drill:inject { at = 2.5, to = \"gridco.soc\", text = \"x\" }",
     "dark/scenario.lua:4:16: at of inject: expected a time like t.minutes(5), found 2.5"},
    {"drill:inject { to = \"gridco.soc\", text = \"x\" }",
     "dark/scenario.lua:4: this inject has no time; say at = t.minutes(...) or when = ..., put it "
     "into a function of drill:when, or say contingency = true"},
    {"drill:inject { at = t.minutes(1), to = \"gridco.soc\" }",
     "dark/scenario.lua:4: this inject says nothing; text = \"...\" is missing"},
    {"drill:inject { at = t.minutes(1), text = \"x\" }",
     "dark/scenario.lua:4: nobody is to get this inject; say to = \"team.seat\""},
    {"drill:inject { at = t.minutes(1), to = 7, text = \"x\" }",
     "dark/scenario.lua:4:35: to of inject: expected a text or a list of texts, found 7"},
    {"drill:inject { at = t.minutes(1), to = {}, text = \"x\" }",
     "dark/scenario.lua:4: nobody is to get this inject; say to = \"team.seat\""},
    {"drill:inject { at = t.minutes(1), to = \"gridco.soc\", text = \"x\", expects = { 1 } }",
     "dark/scenario.lua:4:66: expects of inject: expected a list of texts, found 1"},
    {"drill:inject { id = \"A\", at = t.minutes(1), to = \"gridco.soc\", text = \"x\" }\n"
     "drill:inject { id = \"A\", at = t.minutes(2), to = \"gridco.soc\", text = \"y\" }",
     "dark/scenario.lua:5:16: there is an inject 'A' already"},
    {"drill:inject(7)", "dark/scenario.lua:4: inject: expected a table { ... }, found 7"},
    {"drill:inject()", "dark/scenario.lua:4: inject: expected a table { ... }, found nothing"},
    {"drill.inject { at = 1 }",
     "dark/scenario.lua:4: expected a drill, found a table (is the call written with a colon?)"},
    {"drill:injekt { at = 1 }",
     "dark/scenario.lua:4: the class drill has no 'injekt'; did you mean 'inject'?"},
    {"drill:team \"gridco\" { \"soc\" }",
     "dark/scenario.lua:4: there is a seat 'gridco.soc' already"},
    {"drill:team \"a b\" { \"soc\" }",
     "dark/scenario.lua:4: 'a b' is no name for a team (letters, digits, _ and -, at most 40)"},
    {"drill:team \"aqua\" { \"so c\" }", "dark/scenario.lua:4: team 'aqua': 'so c' is no name for "
                                         "a seat (letters, digits, _ and -, at most 40)"},
    {"drill:team \"aqua\" {}", "dark/scenario.lua:4: team 'aqua' has no seats"},
    {"drill:team \"aqua\"", "dark/scenario.lua:4: this team is named and not described; a table { "
                            "... } goes behind the name"},
    {"drill:team { \"soc\" }", "dark/scenario.lua:4: drill:team: expected a text, found a table"},
    {"drill:team \"aqua\" { 7 }", "dark/scenario.lua:4: entry 1 of team: expected a text, found 7"},
    {"drill:team(\"aqua\", \"soc\")",
     "dark/scenario.lua:4: team: expected a table { ... }, found the text 'soc'"},
    {"drill:objective \"O1\"", "dark/scenario.lua:4: this objective is named and not described; a "
                               "table { ... } goes behind the name"},
    {"drill:objective \"O1\" { within = t.minutes(3) }",
     "dark/scenario.lua:4: objective 'O1' does not say what it is: a text goes in first"},
    {"drill:objective \"O1\" { \"x\", wihtin = t.minutes(3) }",
     "dark/scenario.lua:4:29: objective has no option 'wihtin'; did you mean 'within'?"},
    {"drill:objective \"O1\" { \"x\", met = \"incident\" }",
     "dark/scenario.lua:4: met of objective: expected a function of the world or a criterion like "
     "t.declared \"incident\", found the text 'incident'"},
    {"drill:objective \"O1\" { \"x\", met = t.declared }",
     "dark/scenario.lua:4: met of objective: this is a function of the library itself; call it, as "
     "in t.declared \"incident\""},
    {"drill:objective \"O1\" { \"x\", met = t.declared(7) }",
     "dark/scenario.lua:4: t.declared: expected a text, found 7"},
    {"drill:objective \"O1\" { \"x\", met = t.declred \"incident\" }",
     "dark/scenario.lua:4: nothing is named 'declred' here; did you mean 'declared'?"},
    {"drill:objective \"O1\" { \"x\", met = t.service(\"powr\", { at_least = 0.9 }) }",
     "dark/scenario.lua:4: t.service: there is no service 'powr'; did you mean 'power'?"},
    {"drill:objective \"O1\" { \"x\", met = t.service(\"power\", { operator = \"regulator\" }) }",
     "dark/scenario.lua:4: t.service: operator 'regulator' has no service 'power'"},
    {"drill:objective \"O1\" { \"x\", met = t.service(\"power\", { operator = \"gridc\" }) }",
     "dark/scenario.lua:4: t.service: there is no operator 'gridc'; did you mean 'gridco'?"},
    {"drill:objective \"O1\" { \"x\", met = t.service(\"power\", { at_least = 90 }) }",
     "dark/scenario.lua:4: at_least of t.service: expected a number from 0 to 1, found 90"},
    {"drill:objective \"O1\" { \"x\", met = t.acted { target = \"ss-1\" } }",
     "dark/scenario.lua:4: t.acted: which action? verb = \"isolate\", for example"},
    {"drill:objective \"O1\" { \"x\", met = t.reported \"duty-1\" }",
     "dark/scenario.lua:4: t.reported: 'duty-1' is neither a duty nor the recipient of one"},
    {"drill:objective \"O1\" { \"x\", team = \"aqua\" }",
     "dark/scenario.lua:4:29: objective 'O1': there is no team 'aqua'"},
    {"drill:objective \"O1\" { \"x\", maps = \"csf\" }",
     "dark/scenario.lua:4:29: maps of objective: expected a table framework = \"entry\""},
    {"drill:objective \"O1\" { \"x\" }\n"
     "drill:objective \"O1\" { \"y\" }",
     "dark/scenario.lua:5: there is an objective 'O1' already"},
    {"drill:objective \"O1\" { \"x\", met = t.all {} }",
     "dark/scenario.lua:4: t.all: a list of criteria goes in here"},
    {"drill:duty \"D1\" { operator = \"gridco\", within = t.hours(1), to = \"regulator.duty\", "
     "text = \"x\" }",
     "dark/scenario.lua:4: duty 'D1': trigger is missing: what starts it?"},
    {"drill:duty \"D1\" { operator = \"gridco\", within = t.hours(1), trigger = t.declared "
     "\"incident\" }",
     "dark/scenario.lua:4: duty 'D1': to is missing: who is to be told?"},
    {"drill:duty \"D1\" { operator = \"aqua\", to = \"regulator.duty\", within = t.hours(1), "
     "trigger = t.declared \"incident\" }",
     "dark/scenario.lua:4:19: duty 'D1': no team 'aqua' takes part that could owe it"},
    {"drill:duty \"D1\" { operator = \"gridco\", to = \"regulater\", within = t.hours(1), trigger "
     "= t.declared \"incident\", clock = \"awaer\" }",
     "dark/scenario.lua:4:112: clock of duty: there is no 'awaer'; did you mean 'aware'?"},
    {"local red = drill:adversary { name = \"X\", at = \"hmi-2\" }",
     "dark/scenario.lua:4:43: at of adversary: there is no asset or link 'hmi-2'; did you mean "
     "'hmi-1'?"},
    {"local red = drill:adversary { name = \"X\", skill = \"exprt\" }",
     "dark/scenario.lua:4:43: skill of adversary: there is no 'exprt'; did you mean 'expert'?"},
    {"local red = drill:adversary { name = \"X\" }\n"
     "local blue = drill:adversary { name = \"X\" }",
     "dark/scenario.lua:5:32: there is an adversary 'X' already"},
    {"local red = drill:adversary { name = \"X\" }\n"
     "red:plan \"x\"",
     "dark/scenario.lua:5: plan: expected a function, found the text 'x'"},
    {"local red = drill:adversary { name = \"X\" }\n"
     "red:technique \"T0855\" { on = \"ss-1\" }",
     "dark/scenario.lua:5: technique T0855: only a plan can do this; it goes into "
     "adversary:plan(function(a) ... end)"},
    {"local red = drill:adversary { name = \"X\" }\n"
     "red:wait(t.minutes(1))",
     "dark/scenario.lua:5: only a plan or another process can wait, and this is none"},
    {"drill:when(t.declared \"incident\")",
     "dark/scenario.lua:4: drill:when: expected a function, found nothing"},
    {"drill:when(function(w) return true end, t.declared \"incident\")",
     "dark/scenario.lua:4: drill:when: expected a function, found criterion"},
    {"drill:at(t.hours(2), function() end)",
     "dark/scenario.lua:4: drill:at: this lies after the end of the drill (D+0 01:00:00)"},
    {"drill:at(\"noon\", function() end)",
     "dark/scenario.lua:4: drill:at: expected a time like t.minutes(5), found the text 'noon'"},
    {"drill:assets { kind = \"substaton\" }",
     "dark/scenario.lua:4: there is no asset kind 'substaton'; did you mean 'substation'?"},
    {"drill:assets { operator = \"gridko\" }",
     "dark/scenario.lua:4: there is no operator 'gridko'; did you mean 'gridco'?"},
    {"drill:asset \"ss-9\"",
     "dark/scenario.lua:4: there is no asset or link 'ss-9'; did you mean 'ss-1'?"},
    {"drill:mark \"x\"", "dark/scenario.lua:4: mark: the drill has not started; this goes into a "
                         "function that runs in it"},
    {"drill:fail(\"ss-1\", \"damage\")", "dark/scenario.lua:4: drill:fail: the drill has not "
                                         "started; this goes into a function that runs in it"},
    {"drill:wait(t.minutes(1))",
     "dark/scenario.lua:4: only a plan or another process can wait, and this is none"},
    {"t.drill { title = \"Again\", length = t.hours(1) }",
     "dark/scenario.lua:4: t.drill: a scenario declares one drill, and it has one already"},
    {"drill.title = \"x\"",
     "dark/scenario.lua:4: drill: the text 'title' cannot be set by an assignment"},
    {"nothing.there()",
     "dark/scenario.lua:4: nothing is named 'nothing' here; did you mean 'string'?"},
    {"local x = = 1", "dark/scenario.lua:4: unexpected symbol near '='"},
    {"error \"stop here\"", "dark/scenario.lua:4: stop here"},
    {"drill:inject { at = t.hours(3), to = \"gridco.dispacher\", chanel = \"phone\", text = \"x\" "
     "}\n"
     "drill:objective \"O1\" { \"x\", team = \"aqua\", metric = 1 }",
     "dark/scenario.lua:4:58: inject has no option 'chanel'; did you mean 'channel'?\n"
     "dark/scenario.lua:4:16: this inject comes after the end of the drill (D+0 01:00:00)\n"
     "dark/scenario.lua:5:44: objective has no option 'metric'\n"
     "dark/scenario.lua:4:33: inject 'I-01': there is no seat or team 'gridco.dispacher'; did you "
     "mean 'gridco.dispatcher'?\n"
     "dark/scenario.lua:5:29: objective 'O1': there is no team 'aqua'"},
    {"drill:objective \"O1\" { \"x\", met = t.acted { verb = \"isolat\" } }",
     "dark/scenario.lua:4: t.acted: there is no action 'isolat'; did you mean 'isolate'?"},
    {"drill:objective \"O1\" { \"x\", met = t.declared(\"incident\", { seat = \"gridco.sco\" }) }",
     "dark/scenario.lua:4: there is no seat or team 'gridco.sco'; did you mean 'gridco.soc'?"},
    {"drill:inject { at = 0, to = \"gridco.soc\", text = \"x\", expects = { \"report\", "
     "\"isolaet\" } }",
     "dark/scenario.lua:4:55: there is no action 'isolaet'; did you mean 'isolate'?"},
    {"drill:inject { at = 0, kind = \"failure.braker\", on = \"ss-1\" }",
     "dark/scenario.lua:4:24: there is no kind of inject 'failure.braker'; did you mean "
     "'failure.breaker'?"},
    {"drill:inject { at = 0, kind = \"attack\", to = \"gridco\", text = \"x\" }",
     "dark/scenario.lua:4:24: there is no kind of inject 'attack'; did you mean 'attack.access'?"},
    {"drill:inject { at = 0, kind = \"storm\", on = \"ss-1\" }",
     "dark/scenario.lua:4:24: there is no kind of inject 'storm'; did you mean "
     "'environment.storm'?"},
    {"drill:inject { at = 0, kind = \"failure.breaker\" }",
     "dark/scenario.lua:4: this inject does something (open-breaker) to assets; say which: on = "
     "\"...\""},
    {"drill:inject { at = 0, to = \"gridco\", text = \"x\", on = \"ss-1\" }",
     "dark/scenario.lua:4:51: on: this inject does nothing to assets; say what: effect = \"...\""},
    {"drill:inject { at = 0, kind = \"failure.breaker\", on = { \"ss-1\", \"ss-7\" } }",
     "dark/scenario.lua:4:50: on of inject: there is no asset or link 'ss-7'; did you mean "
     "'ss-1'?"},
    {"drill:inject { at = 0, kind = \"failure.breaker\", on = { kind = \"pump\" } }",
     "dark/scenario.lua:4:50: on of inject: no asset is like that"},
    {"drill:inject { at = 0, kind = \"failure.breaker\", on = {} }",
     "dark/scenario.lua:4:50: on of inject: no asset is like that"},
    {"drill:inject { at = 0, kind = \"failure.breaker\", on = \"ss-1\", share = 30 }",
     "dark/scenario.lua:4:63: share of inject: expected a number from 0 to 1, found 30"},
    {"drill:inject { at = 0, hidden = true, to = \"gridco\", text = \"x\" }",
     "dark/scenario.lua:4:39: a hidden inject reaches no seat"},
    {"drill:inject { when = t.service \"powr\", to = \"gridco\", text = \"x\" }",
     "dark/scenario.lua:4: t.service: there is no service 'powr'; did you mean 'power'?"},
    {"drill:persona \"a.b\" { \"x\" }",
     "dark/scenario.lua:4: 'a.b' is no name for a persona: team.seat is a seat's"},
    {"drill:persona \"a\" { \"x\", chanel = \"phone\" }",
     "dark/scenario.lua:4:26: persona has no option 'chanel'; did you mean 'channel'?"},
    {"drill:persona \"a\" { \"x\" }\ndrill:persona \"a\" { \"y\" }",
     "dark/scenario.lua:5: there is a persona 'a' already"},
    {"drill:persona \"a\" { \"x\", competence = 2 }",
     "dark/scenario.lua:4:26: competence of persona: expected a number from 0 to 1, found 2"},
    {"drill:persona \"a\"", "dark/scenario.lua:4: this persona is named and not described; a table "
                            "{ ... } goes behind the name"},
    {"drill:set(\"a\", {})",
     "dark/scenario.lua:4: drill:set: 'a' can be a text, a number, true or false, not a table"},
    {"drill:set(\"city\", \"x\")\ndrill:get \"citi\"",
     "dark/scenario.lua:5: get: no variable 'citi' has been set; did you mean 'city'?"},
    {"drill:set(\"city\", \"x\")\ndrill:inject { at = 0, to = \"gridco\", text = \"In {ciyt}.\" }",
     "dark/scenario.lua:5:39: inject 'I-01': no variable 'ciyt' has been set; did you mean "
     "'city'?"},
    {"drill:phase \"P1\" { \"x\" }",
     "dark/scenario.lua:4: phase 'P1' does not say when it begins: at =, after = or when ="},
    {"drill:phase \"P1\" { \"x\", at = t.hours(2) }",
     "dark/scenario.lua:4:25: phase 'P1' begins after the end of the drill"},
    {"drill:phase \"P1\" { \"x\", at = 0 }\ndrill:phase \"P1\" { \"x\", at = 1 }",
     "dark/scenario.lua:5: there is a phase or inject 'P1' already"},
    {"drill:decision \"D\" { to = \"gridco\", at = 0, options = { \"a\", \"b\" } }",
     "dark/scenario.lua:4: decision 'D' asks nothing: a text goes in first"},
    {"drill:decision \"D\" { \"x\", to = \"gridco\", at = 0, options = { \"a\" } }",
     "dark/scenario.lua:4:50: decision 'D' needs two options or more"},
    {"drill:decision \"D\" { \"x\", to = \"gridco\", at = 0, within = 9, options = { \"stop\", "
     "\"run\" }, default = \"stpo\" }",
     "dark/scenario.lua:4:91: 'stpo' is none of the options; did you mean 'stop'?"},
    {"drill:decision \"D\" { \"x\", to = \"gridco\", at = 0, options = { \"stop\", \"run\" }, "
     "default = \"stop\" }",
     "dark/scenario.lua:4:79: a default needs a time after which it is taken: within"},
    {"drill:decision \"D\" { \"x\", to = \"gridko\", at = 0, options = { \"stop\", \"run\" } }",
     "dark/scenario.lua:4:27: inject 'D': there is no seat or team 'gridko'"},
    {"drill:decision \"D\" { \"x\", to = \"gridco\", options = { \"stop\", \"run\" } }",
     "dark/scenario.lua:4: this decision has no time; say at = t.minutes(...) or when = ..., put "
     "it into a function of drill:when"},
};

static void every_mistake_in_a_declaration_is_told_where_it_was_made(void **state) {
    (void)state;
    for (size_t i = 0; i < sizeof declaring / sizeof *declaring; i++) {
        check(&declaring[i], false);
    }
}

static const struct mistake running[] = {
    {"drill:when(function(w) return w:service(\"powr\").level < 1 end, function() end)",
     "dark/scenario.lua:4: there is no service 'powr'; did you mean 'power'?"},
    {"drill:when(function(w) local low = w:service(\"power\").level < 1 end, function() end)",
     "dark/scenario.lua:4: this condition gives nothing back; is a 'return' missing?"},
    {"drill:when(function(w) drill:inject { to = \"gridco.soc\", text = \"x\" } end, function() "
     "end)",
     "dark/scenario.lua:4: drill:inject: a condition only looks; what is to be done goes into the "
     "function after it"},
    {"drill:when(function(w) return w.now > 5 end, function() end)",
     "dark/scenario.lua:4: the class situation has no 'now'"},
    {"drill:when(function(w) return w:asset(\"ss-1\").opertion == \"on\" end, function() end)",
     "dark/scenario.lua:4: the class asset has no 'opertion'; did you mean 'operation'?"},
    {"drill:at(t.minutes(1), function(d) d:inject { to = \"gridco.sok\", text = \"x\" } end)",
     "dark/scenario.lua:4: there is no seat or team 'gridco.sok'; did you mean 'gridco.soc'?"},
    {"drill:at(t.minutes(1), function(d) d:inject { to = \"gridco.soc\", txt = \"x\" } end)",
     "dark/scenario.lua:4: inject has no option 'txt'; did you mean 'text'?"},
    {"drill:at(t.minutes(5), function(d) d:inject { to = \"gridco.soc\", at = t.minutes(1), text = "
     "\"x\" } end)",
     "dark/scenario.lua:4: this time has passed; times count from the start of the drill"},
    {"drill:at(t.minutes(5), function(d) d:team \"aqua\" { \"soc\" } end)",
     "dark/scenario.lua:4: drill:team: this is declared before the drill starts, not while it "
     "runs"},
    {"drill:at(t.minutes(5), function(d) d:fail(\"ss-1\", \"damege\") end)",
     "dark/scenario.lua:4: drill:fail: there is no effect 'damege'; did you mean 'damage'?"},
    {"drill:at(t.minutes(5), function(d) d:fail(\"ss-11\", \"damage\") end)",
     "dark/scenario.lua:4: there is no asset or link 'ss-11'; did you mean 'ss-1'?"},
    {"drill:at(t.minutes(5), function(d) local x = nil + 1 end)",
     "dark/scenario.lua:4: attempt to perform arithmetic on a nil value"},
    {"local red = drill:adversary { name = \"X\" }\n"
     "red:plan(function(a) a:technique \"T9999\" { on = \"ss-1\" } end)",
     "dark/scenario.lua:5: 'T9999' is no technique in force of ATT&CK for ICS"},
    {"local red = drill:adversary { name = \"X\" }\n"
     "red:plan(function(a) a:technique \"T085\" { on = \"ss-1\" } end)",
     "dark/scenario.lua:5: 'T085' is no technique in force of ATT&CK for ICS; did you mean 'T0805' "
     "(Block Serial COM)?"},
    {"local red = drill:adversary { name = \"X\" }\n"
     "red:plan(function(a) a:technique \"Data Destructoin\" { on = \"ss-1\" } end)",
     "dark/scenario.lua:5: 'Data Destructoin' is no technique in force of ATT&CK for ICS; did you "
     "mean 'T0809' (Data Destruction)?"},
    {"local red = drill:adversary { name = \"X\" }\n"
     "red:plan(function(a) a:technique \"T0855\" { on = \"ss-1\", effect = \"open-braker\" } end)",
     "dark/scenario.lua:5: effect of technique: there is no 'open-braker'; did you mean "
     "'open-breaker'?"},
    {"local red = drill:adversary { name = \"X\" }\n"
     "red:plan(function(a) a:technique \"T0855\" { effect = \"damage\" } end)",
     "dark/scenario.lua:5: technique T0855: an effect needs an asset; say on = \"...\""},
    {"local red = drill:adversary { name = \"X\" }\n"
     "red:plan(function(a) a:technique \"T0855\"\n"
     " a:wait(1) end)",
     "dark/scenario.lua:5: this technique is named and not described; a table { ... } goes behind "
     "the name"},
    {"local red = drill:adversary { name = \"X\" }\n"
     "red:plan(function(a) a:wait \"x\" end)",
     "dark/scenario.lua:5: wait: expected a time like t.minutes(5), found the text 'x'"},
    {"local red = drill:adversary { name = \"X\" }\n"
     "red:plan(function(a) a:wait_until(5) end)",
     "dark/scenario.lua:5: wait_until: expected a function of the world or a criterion like "
     "t.declared \"incident\", found 5"},
    {"local red = drill:adversary { name = \"X\" }\n"
     "red:plan(function(a) a:wait_until(t.service(\"pwer\")) end)",
     "dark/scenario.lua:5: t.service: there is no service 'pwer'; did you mean 'power'?"},
};

static void a_mistake_in_a_running_drill_stops_it_and_is_told_at_its_line(void **state) {
    (void)state;
    for (size_t i = 0; i < sizeof running / sizeof *running; i++) {
        check(&running[i], true);
    }
}

/* What is said begins so. */
static const struct mistake bombs[] = {
    {"while true do end", "dark/scenario.lua:4: scenario: the script works without end"},
    {"local s = \"x\" while true do s = s .. s end",
     "dark/scenario.lua:4: scenario: a single text may have"},
    {"local list = {} for i = 1, 1e9 do list[i] = { i } end",
     "dark/scenario.lua:4: scenario: the script needs"},
    {"while true do drill:inject { at = 1, to = \"gridco.soc\", text = \"x\" } end",
     "dark/scenario.lua:4: scenario: the script works without end"},
    {"drill:when(function(w) while true do end end, function() end)",
     "dark/scenario.lua:4: scenario: the script works without end"},
    {"drill:at(t.minutes(5), function(d) while true do end end)",
     "dark/scenario.lua:4: scenario: the script works without end"},
    {"drill:at(t.minutes(5), function(d) local s = \"x\" while true do s = s .. s end end)",
     "dark/scenario.lua:4: scenario: a single text may have"},
    {"drill:at(t.minutes(5), function(d) while true do d:wait(0) end end)",
     "dark/scenario.lua:4: processes have run"},
    {"drill:at(t.minutes(5), function(d) while true do d:inject { to = \"gridco.soc\", text = "
     "(\"x\"):rep(1000) } end end)",
     "dark/scenario.lua:4: scenario: the script works without end"},
};

static void a_script_without_end_or_measure_is_ended(void **state) {
    (void)state;
    for (size_t i = 0; i < sizeof bombs / sizeof *bombs; i++) {
        char scenario[4096], said[4096];
        (void)snprintf(scenario, sizeof scenario, "%s%s%s", REHEARSAL_HEAD, bombs[i].lines,
                       REHEARSAL_TAIL);
        bool runs = strstr(bombs[i].lines, "function") != NULL;
        collect(scenario, runs, said, sizeof said);
        assert_true(strlen(said) >= strlen(bombs[i].said));
        said[strlen(bombs[i].said)] = '\0';
        assert_string_equal(said, bombs[i].said);
    }
}

static void mistakes_without_end_are_not_all_told(void **state) {
    (void)state;
    rehearsal *played =
        rehearsal_open(REHEARSAL("local i = 0\nwhile true do i = i + 1\n"
                                 "drill:inject { at = 1, [\"too\" .. i] = 1, text = \"x\" } end"),
                       NULL, 1);
    assert_null(played->drill);
    assert_int_equal(toc_problems_kept(played->problems), 201);
    assert_string_equal(rehearsal_problem(played, 200),
                        "dark/scenario.lua:6: the first 200 mistakes are enough for now");
    rehearsal_close(played);
}

static void a_mistake_in_a_loop_is_told_once(void **state) {
    (void)state;
    rehearsal *played = rehearsal_open(
        REHEARSAL("for i = 1, 9 do drill:inject { at = i, too = 1, to = \"gridco.soc\", text = "
                  "\"x\" } end"),
        NULL, 1);
    assert_null(played->drill);
    assert_int_equal(toc_problems_kept(played->problems), 1);
    assert_int_equal(toc_problems_count(played->problems, TOC_ERROR), 1);
    rehearsal_close(played);
}

/* Whole scenarios, without the head. */
static const struct mistake whole[] = {
    {"", "dark/scenario.lua: the scenario declares no drill; it begins with local drill = t.drill "
         "{ ... }"},
    {"return 5", "dark/scenario.lua: the scenario declares no drill; it begins with local drill = "
                 "t.drill { ... }"},
    {"local t = require \"tocsin\"\n"
     "local drill = t.drill { title = \"x\", length = t.hours(1) }",
     "dark/scenario.lua: the scenario must end with 'return drill'; it gives nothing"},
    {"local t = require \"tocsin\"\n"
     "return t.drill { titel = \"x\", length = t.hours(1) }",
     "dark/scenario.lua:2:18: t.drill has no option 'titel'; did you mean 'title'?\n"
     "dark/scenario.lua:2: the drill has no title; say title = \"...\""},
    {"local t = require \"tocsin\"\n"
     "return t.drill { title = \"x\" }",
     "dark/scenario.lua:2: the drill has no length; say length = t.hours(4)"},
    {"local t = require \"tocsin\"\n"
     "return t.drill { title = \"x\", length = 0 }",
     "dark/scenario.lua:2:31: length: a drill lasts from a second to 366 days"},
    {"local t = require \"tocsin\"\n"
     "return t.drill { title = \"x\", length = t.hours(1), starts = \"23.12.2015\" }",
     "dark/scenario.lua:2:52: starts: expected a date, a time and a time zone like \"2026-03-01 "
     "08:00 "
     "Europe/Berlin\", found '23.12.2015'"},
    {"local t = require \"tocsin\"\n"
     "return t.drill { title = \"x\", length = t.hours(1), kind = { form = \"tabeltop\" } }",
     "dark/scenario.lua:2:61: form of kind: there is no 'tabeltop'; did you mean 'tabletop'?"},
    {"local t = require \"tocsin\"\n"
     "return t.drill { title = \"x\", length = t.hours(1), topology = \"toplogy.xml\" }",
     "dark/scenario.lua:2: the package has no topology 'toplogy.xml'; did you mean "
     "'topology.xml'?"},
    {"local t = require \"tocsinn\"",
     "dark/scenario.lua:1: there is no module 'tocsinn': neither tocsinn.lua in the package nor a "
     "part of the library 'tocsin'"},
    {"drill:inject {}", "dark/scenario.lua:1: nothing is named 'drill' here"},
};

static void a_scenario_that_is_none_is_told(void **state) {
    (void)state;
    for (size_t i = 0; i < sizeof whole / sizeof *whole; i++) {
        char said[4096];
        collect(whole[i].lines, false, said, sizeof said);
        assert_string_equal(said, whole[i].said);
    }
}

static void mistakes_of_the_topology_are_told_with_the_line_that_asks_for_it(void **state) {
    (void)state;
    rehearsal *played = rehearsal_open(REHEARSAL(""),
                                       "<topology xmlns=\"urn:tocsin:topology:1\" name=\"x\">\n"
                                       "  <asset id=\"a\" kind=\"substaton\"/>\n</topology>\n",
                                       1);
    assert_null(played->drill);
    assert_non_null(strstr(rehearsal_problem(played, 0), "dark/topology.xml:2:"));
    assert_string_equal(rehearsal_problem(played, 1),
                        "dark/scenario.lua:2: there are mistakes in the topology 'topology.xml'");
    rehearsal_close(played);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_mistake_in_a_declaration_is_told_where_it_was_made),
        cmocka_unit_test(a_mistake_in_a_running_drill_stops_it_and_is_told_at_its_line),
        cmocka_unit_test(a_script_without_end_or_measure_is_ended),
        cmocka_unit_test(mistakes_without_end_are_not_all_told),
        cmocka_unit_test(a_mistake_in_a_loop_is_told_once),
        cmocka_unit_test(a_scenario_that_is_none_is_told),
        cmocka_unit_test(mistakes_of_the_topology_are_told_with_the_line_that_asks_for_it),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
