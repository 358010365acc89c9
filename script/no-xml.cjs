// Stands for `xmlbuilder2`, which @cyclonedx/cyclonedx-library loads if it is there: we write JSON only, and nothing
// beside dist is to be looked for when it runs.
module.exports = {}
