-- Phases of a drill as standards name them.
--
--   local phases = require "tocsin.phases"
--   phases.gbt38645(drill, { execution = t.minutes(15), ending = t.hours(3), recovery = t.hours(3.5) })
local phases = {}

local stages = {
    { "start", "Preparation and start", "The systems are made ready and checked; the drill is opened." },
    { "execution", "Execution", "What is planned happens; teams act." },
    { "ending", "End and termination", "The drill is ended; nobody acts in it any more." },
    { "recovery", "System recovery", "Systems are put back as they were before the drill." },
}

-- The four stages of the record form of GB/T 38645-2020 (A.8). `begins` says when each one after the
-- first begins: a time, or a criterion. A stage that it does not name is left out.
function phases.gbt38645(drill, begins)
    for name in pairs(begins) do
        local known = false
        for _, stage in ipairs(stages) do
            known = known or stage[1] == name
        end
        if not known then
            error("phases.gbt38645: there is no stage '" .. tostring(name) ..
                "'; there are start, execution, ending and recovery", 2)
        end
    end
    for i, stage in ipairs(stages) do
        local begin = begins[stage[1]]
        if i == 1 and begin == nil then
            begin = 0
        end
        if begin ~= nil then
            local options = { stage[2], situation = stage[3] }
            if type(begin) == "number" then
                options.at = begin
            else
                options.when = begin
            end
            drill:phase(stage[1], options)
        end
    end
end

return phases
